/** A kind of field: how a filled value is judged. `null` is good, a word names the fault. */
import type { Field, Value } from '../definition.ts'

export const CODES = [
  'missing',
  'too_short',
  'too_long',
  'odd_signs',
  'phone',
  'personal_number',
  'email',
  'number',
  'too_small',
  'too_large',
  'date',
  'month',
  'day',
  'year',
  'future',
  'too_early',
  'too_late',
  'choose',
  'address',
  'rows',
  'declaration',
] as const

export type Code = (typeof CODES)[number]

export type Check = (value: Value, field: Field, today: string) => Code | null
