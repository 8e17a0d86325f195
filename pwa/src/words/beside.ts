import { area } from './say.ts'
import { beside } from './beside.vi.ts'

export const say = area(beside, async () => (await import('./beside.en.ts')).english)
