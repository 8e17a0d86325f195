import { area } from './say.ts'
import { exempt } from './exempt.vi.ts'

export const say = area(exempt, async () => (await import('./exempt.en.ts')).english)
