/** Whole numbers and money. */
import type { Field, Value } from '../definition.ts'
import { narrow } from '../text.ts'
import { fault, type Fault } from '../wrong.ts'
import type { Check } from './check.ts'

const LARGEST = 10 ** 12

/** More digits than a number holds stay a text. */
const isFarTooLarge = (value: Value): boolean =>
  typeof value === 'string' ? /^\d{16,}$/.test(narrow(value).replace(/[\s.]/g, '')) : Number.isInteger(value) && (value as number) > LARGEST

const mostOf = ({ max }: Field): number => (typeof max === 'number' ? max : LARGEST)

export function numberShape(field: Field, value: Value): Fault[] {
  if (isFarTooLarge(value)) return [fault('too-large', { limit: mostOf(field) })]
  return Number.isInteger(value) && (value as number) >= -LARGEST ? [] : [fault('shape')]
}

export const wholeNumber: Check<number> = (value, field) => {
  const least = typeof field.min === 'number' ? field.min : 0
  const most = mostOf(field)
  if (value < least) return fault('too-small', { limit: least, written: value })
  return value > most ? fault('too-large', { limit: most, written: value }) : null
}

/** Digits alone are a number, all else waits to be mended. */
export function numberIn(text: string): Value | undefined {
  const plain = narrow(text)
  const thousands = /^\d{1,3}(\.\d{3})+$/.test(plain.trim())
  const digits = plain.replace(thousands ? /[\s.]/g : /\s/g, '')
  if (digits === '') return undefined
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text
}
