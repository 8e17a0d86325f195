/** Whole numbers and money. */
import { fault } from '../wrong.ts'
import type { Check } from './check.ts'

export const LARGEST = 10 ** 12

export const wholeNumber: Check<number> = (value, field) => {
  const least = typeof field.min === 'number' ? field.min : 0
  const most = typeof field.max === 'number' ? field.max : LARGEST
  if (value < least) return fault('too-small', { limit: least, written: value })
  return value > most ? fault('too-large', { limit: most, written: value }) : null
}
