import { card } from './card.vi.ts'
import { first } from './first.vi.ts'
import { area } from './say.ts'

export const say = area({ ...first, ...card }, async () => {
  const [before, here] = await Promise.all([import('./first.en.ts'), import('./card.en.ts')])
  return { ...before.english, ...here.english }
})
