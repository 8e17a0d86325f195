import { counted } from './counted.ts'
import { leader } from './leader.vi.ts'
import { area } from './say.ts'

export const say = counted(area(leader, async () => (await import('./leader.en.ts')).english))
