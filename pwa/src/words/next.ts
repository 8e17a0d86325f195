import { counted } from './counted.ts'
import { first } from './first.vi.ts'
import { next } from './next.vi.ts'
import { area } from './say.ts'

const plain = area({ ...first, ...next }, async () => {
  const [before, after] = await Promise.all([import('./first.en.ts'), import('./next.en.ts')])
  return { ...before.english, ...after.english }
})

export const say = counted(plain)
