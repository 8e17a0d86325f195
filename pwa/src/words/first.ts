import { first } from './first.vi.ts'
import { area } from './say.ts'

export const say = area(first, async () => (await import('./first.en.ts')).english)
