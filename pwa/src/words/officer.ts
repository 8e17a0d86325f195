import { counted } from './counted.ts'
import { officer } from './officer.vi.ts'
import { area } from './say.ts'

export const say = counted(area(officer, async () => (await import('./officer.en.ts')).english))
