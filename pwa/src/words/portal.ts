import { portal } from './portal.vi.ts'
import { area } from './say.ts'

export const say = area(portal, async () => (await import('./portal.en.ts')).english)
