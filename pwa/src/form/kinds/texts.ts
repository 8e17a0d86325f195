/** Names, texts, phone, e-mail, personal number. */
import type { Kind } from '../definition.ts'
import { narrow } from '../text.ts'
import { fault } from '../wrong.ts'
import type { Check } from './check.ts'

/** The most characters of each kind of text. */
export const LONGEST: Readonly<Partial<Record<Kind, number>>> = {
  name: 120,
  personal_number: 20,
  phone: 20,
  email: 254,
  text: 200,
  long_text: 2000,
  choice: 48,
  date: 10,
  partial_date: 10,
}

const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u
const HIDDEN_IN_LINES = /(?![\n\r\t])[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/u
const DIGITS = 12

/** Control, zero-width and direction characters make two names that look alike differ. */
export const hides = (text: string, lines: boolean): boolean =>
  (lines ? HIDDEN_IN_LINES : HIDDEN).test(text)

/** One word and ethnic names are names; figures and signs alone are none. */
export const name: Check<string> = (value) => (/\p{L}/u.test(value) ? null : fault('name'))

/** Figures and signs that names seldom hold; a hyphen, an apostrophe, a point, a middle dot are none. */
export const oddName = (value: string): boolean => /[^\p{L}\p{M} '’‘ʼ`´.·‧・‐‑-]/u.test(value)

/** The digits of a phone number as people write it; +84 is the 0 in front. A landline has one more. */
export const phoneDigits = (value: string): string =>
  narrow(value).replace(/[\s.\-()]/g, '').replace(/^(\+84|0084|84(?=\d{9,10}$))/, '0')

/** Mobile numbers of eleven digits got new beginnings in 2018: 0120 is 070, and 016x is 03x. */
const SINCE_2018: Readonly<Record<string, number>> = { 120: 70, 121: 79, 122: 77, 126: 76, 128: 78, 123: 83, 124: 84, 125: 85, 127: 81, 129: 82, 186: 56, 188: 58, 199: 59 }

export const phone: Check<string> = (value) => {
  const digits = phoneDigits(value)
  const [, old = '', rest = ''] = /^0(1\d\d)(\d{7})$/.exec(digits) ?? []
  const now = /^16[2-9]$/.test(old) ? `3${old[2]}` : SINCE_2018[old]
  if (now !== undefined) return fault('phone', { begins: `0${old}`, written: `0${now}${rest}` })
  const begins = /^(0[01])\d{8}$/.exec(digits)?.[1]
  if (begins !== undefined) return fault('phone', { begins })
  return /^0([2-9]\d{8}|2\d{9})$/.test(digits) ? null : fault('phone')
}

/** Numbers that began so ended in 2017, and no others begin so yet. */
export const isOddPhone = (value: string): boolean => /^0[46]/.test(phoneDigits(value))

export const personalNumber: Check<string> = (typed) => {
  const value = narrow(typed)
  if (/^000\d{9}$/.test(value)) return fault('idnumber', { begins: '000' })
  if (/^\d{12}$/.test(value)) return null
  const written = value.match(/\p{Nd}/gu)?.length ?? 0
  return fault('idnumber', written === DIGITS ? {} : { written })
}

const LAST_PROVINCE = 96

/** It begins with a code that no province ever had; those born abroad have such numbers. */
export const isOddNumber = (typed: unknown): boolean => Number(/^\s*(\d{3})/.exec(narrow(String(typed ?? '')))?.[1] ?? 1) > LAST_PROVINCE

export const email: Check<string> = (value) =>
  /^[a-z\d.!#$%&'*+/=?^_`{|}~-]+@([a-z\d-]+\.)+[a-z\d-]{2,}$/i.test(value) ? null : fault('email')
