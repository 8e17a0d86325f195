import { first } from './first.vi.ts'
import { later } from './later.vi.ts'
import { area } from './say.ts'

export const say = area({ ...first, ...later }, async () => {
  const [before, after] = await Promise.all([import('./first.en.ts'), import('./later.en.ts')])
  return { ...before.english, ...after.english }
})
