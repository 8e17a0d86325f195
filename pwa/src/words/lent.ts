import { lent } from './lent.vi.ts'
import { area } from './say.ts'

export const say = area(lent, async () => (await import('./lent.en.ts')).english)
