import { area } from './say.ts'
import { ward } from './ward.vi.ts'

export const say = area(ward, async () => (await import('./ward.en.ts')).english)
