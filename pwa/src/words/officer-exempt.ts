import { area } from './say.ts'
import { exempt } from './officer-exempt.vi.ts'

export const say = area(exempt, async () => (await import('./officer-exempt.en.ts')).english)
