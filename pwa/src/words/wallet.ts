import { counted } from './counted.ts'
import { area } from './say.ts'
import { wallet } from './wallet.vi.ts'

export const say = counted(area(wallet, async () => (await import('./wallet.en.ts')).english))
