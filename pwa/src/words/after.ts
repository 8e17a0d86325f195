import { after } from './after.vi.ts'
import { area } from './say.ts'

export const say = area(after, async () => (await import('./after.en.ts')).english)
