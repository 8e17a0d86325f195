import { find } from './find.vi.ts'
import { area } from './say.ts'

export const say = area(find, async () => (await import('./find.en.ts')).english)
