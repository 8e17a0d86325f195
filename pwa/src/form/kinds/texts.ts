/** Names, texts, phone, e-mail, personal number. */
import { odd, tidy } from '../text.ts'
import type { Check } from './check.ts'

const NAME_LENGTH = 120
const TEXT_LENGTH = 500
const LONG_LENGTH = 4000

const within =
  (most: number): Check =>
  (value, field) => {
    if (typeof value !== 'string' || odd(value)) return 'odd_signs'
    return tidy(value).length > (field.max_length ?? most) ? 'too_long' : null
  }

/** A name has at least one letter; no other rule, because the law knows none. */
export const name: Check = (value, field, today) => {
  const fault = within(NAME_LENGTH)(value, field, today)
  if (fault !== null) return fault
  return /\p{L}/u.test(String(value)) ? null : 'too_short'
}

export const text: Check = within(TEXT_LENGTH)
export const longText: Check = within(LONG_LENGTH)

/** The digits of a phone number as people write it; +84 is the 0 in front. */
export const phoneDigits = (value: string): string =>
  value.replace(/[\s.\-()]/g, '').replace(/^(\+84|0084|84(?=\d{9}$))/, '0')

export const phone: Check = (value) => (/^0\d{9}$/.test(phoneDigits(String(value))) ? null : 'phone')

export const personalNumber: Check = (value) =>
  /^\d{12}$/.test(String(value).replace(/\s/g, '')) ? null : 'personal_number'

export const email: Check = (value) =>
  /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/.test(String(value).trim()) ? null : 'email'
