import { counted } from './counted.ts'
import { money } from './officer-money.vi.ts'
import { area } from './say.ts'

export const say = counted(area(money, async () => (await import('./officer-money.en.ts')).english))
