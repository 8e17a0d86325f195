/** What is worked out of answers, never asked: the same as the server's, by the same vectors. */
import { fullDate } from './conditions.ts'
import type { Address, Derived, Step, Value, Values } from './definition.ts'
import { normalDate } from './kinds/dates.ts'

export interface WorkedOut {
  id: string
  label: string
  words: string
  /** What is written in Vietnamese, whatever language the page speaks. */
  lang: 'vi' | undefined
}

const DIGITS = ['không', 'một', 'hai', 'ba', 'bốn', 'năm', 'sáu', 'bảy', 'tám', 'chín'] as const
const DATE = /^([1-9]\d{3})(?:-(0[1-9]|1[0-2])(?:-(\d{2}))?)?$/

const digit = (number: number): string => DIGITS[number] ?? ''

function belowHundred(number: number): string {
  const tens = Math.floor(number / 10)
  const ones = number % 10
  if (tens === 0) return digit(ones)
  const said = tens === 1 ? 'mười' : `${digit(tens)} mươi`
  if (ones === 0) return said
  if (ones === 5) return `${said} lăm`
  return `${said} ${ones === 1 && tens > 1 ? 'mốt' : digit(ones)}`
}

/** A year of four digits; a nought within is said: hai nghìn không trăm linh năm. */
function year(number: number): string {
  const hundreds = Math.floor(number / 100) % 10
  const rest = number % 100
  const said = [`${digit(Math.floor(number / 1000))} nghìn`]
  if (hundreds > 0 || rest > 0) said.push(`${digit(hundreds)} trăm`)
  if (rest > 0 && rest < 10) said.push('linh')
  if (rest > 0) said.push(belowHundred(rest))
  return said.join(' ')
}

/** A date, or as much of it as is known, as people say it: `ngày hai tháng tư năm …`. */
function dateInWords(text: string): string | null {
  const found = DATE.exec(text)
  if (found === null || (found[3] !== undefined && fullDate(text) === null)) return null
  const said = [`năm ${year(Number(found[1]))}`]
  const month = Number(found[2])
  if (found[2] !== undefined) said.unshift(`tháng ${month === 4 ? 'tư' : belowHundred(month)}`)
  if (found[3] !== undefined) said.unshift(`ngày ${belowHundred(Number(found[3]))}`)
  return said.join(' ')
}

/** Whole years; null for a birth that is known by its year alone, or after that day. */
function age(born: string, at: string): string | null {
  if (fullDate(born) === null || fullDate(at) === null || born > at) return null
  const years = Number(at.slice(0, 4)) - Number(born.slice(0, 4))
  return String(years - Number(at.slice(5) < born.slice(5)))
}

function addressLine(value: Value | undefined): string | null {
  const { street, ward, province } = (typeof value === 'object' ? value : {}) as Partial<Address>
  const said = [street, ward, province].map((part) => (part ?? '').trim())
  return said.filter((part) => part !== '').join(', ') || null
}

const dateOf = (value: Value | undefined): string => (typeof value === 'string' ? normalDate(value) : '')

/** Work one out; null while the answers do not say enough. */
export function workOut({ kind, of, at }: Derived, values: Values, today: string): string | null {
  switch (kind) {
    case 'date_in_words':
      return dateInWords(dateOf(values[of]))
    case 'age':
      return age(dateOf(values[of]), at === undefined ? today : dateOf(values[at]))
    case 'address_line':
      return addressLine(values[of])
    default:
      return null
  }
}

/** What a step works out of the answers that count. */
export const derivedOf = (step: Step, values: Values, today: string): WorkedOut[] =>
  (step.derived ?? []).flatMap((one) => {
    const words = workOut(one, values, today)
    const lang = one.kind === 'age' ? undefined : 'vi'
    return words === null ? [] : [{ id: one.id, label: one.label, words, lang }]
  })
