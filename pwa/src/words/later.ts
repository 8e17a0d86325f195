import { first } from './first.vi.ts'
import { later } from './later.vi.ts'
import { next } from './next.vi.ts'
import { area } from './say.ts'

export const say = area({ ...first, ...next, ...later }, async () => {
  const [before, then, after] = await Promise.all([
    import('./first.en.ts'),
    import('./next.en.ts'),
    import('./later.en.ts'),
  ])
  return { ...before.english, ...then.english, ...after.english }
})
