import { area } from './say.ts'
import { leader } from './leader.vi.ts'

export const say = area(leader, async () => (await import('./leader.en.ts')).english)
