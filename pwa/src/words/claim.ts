import { claim } from './claim.vi.ts'
import { area } from './say.ts'

export const say = area(claim, async () => (await import('./claim.en.ts')).english)
