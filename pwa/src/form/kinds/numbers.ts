/** Whole numbers and money. */
import type { Check } from './check.ts'

export const wholeNumber: Check = (value, field) => {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'number'
  if (typeof field.min === 'number' && value < field.min) return 'too_small'
  if (typeof field.max === 'number' && value > field.max) return 'too_large'
  return null
}

export const money: Check = (value, field, today) =>
  typeof value === 'number' && value < 0 ? 'too_small' : wholeNumber(value, field, today)
