/** How a kind of field judges a filled value; null is good. */
import type { Field } from '../definition.ts'
import type { Fault } from '../wrong.ts'

export type Check<Value> = (value: Value, field: Field, today: string) => Fault | null
