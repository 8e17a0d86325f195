import { desk } from './desk.vi.ts'
import { area } from './say.ts'

export const say = area(desk, async () => (await import('./desk.en.ts')).english)
