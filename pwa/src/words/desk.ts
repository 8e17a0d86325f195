import { counted } from './counted.ts'
import { desk } from './desk.vi.ts'
import { area } from './say.ts'

export const say = counted(area(desk, async () => (await import('./desk.en.ts')).english))
