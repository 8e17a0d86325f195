/**
 * The QR code of the identity card (mã QR trên thẻ căn cước): fields joined by `|`.
 *
 * Number, old number, name, day of birth, sex, place of residence, day of issue. Some readers add
 * a `|` at the end or lose the last fields; cards since July 2024 carry more. The code is not
 * signed: it fills in a form, it proves nobody. The old number and the day of issue are not read.
 */
import type { Field } from './definition.ts'
import { date } from './kinds/dates.ts'
import { hides } from './kinds/texts.ts'
import { tidy } from './text.ts'

export interface Card {
  number: string
  name: string
  /** `YYYY-MM-DD`, or the year alone, as the card knows it. */
  born: string | null
  gender: 'nam' | 'nu' | null
  /** As written on the card: it may name wards and districts that are no more. */
  address: string | null
}

/** What a code was: a card, a card that cannot be read to its name, or something else. */
export type Reading = { is: 'card'; card: Card } | { is: 'damaged' } | { is: 'other' }

const FEWEST_FIELDS = 4
const NUMBER = /^\d{12}$/
const DAY = /^(\d{2})(\d{2})(\d{4})$/
const NAME = /^[\p{L}\p{M}'’.\- ]{1,120}$/u
const LONGEST_ADDRESS = 400
const LOST = '\ufffd'
const BIRTHDAY: Field = { id: 'born', kind: 'date', label: '', required: false }

function bornOn(text: string, today: string): string | null {
  const [, day = '', month = '', year = ''] = DAY.exec(text) ?? []
  const unknown = day === '00' && month === '00'
  const whole = unknown ? `${year}-01-01` : `${year}-${month}-${day}`
  if (year === '' || date(whole, BIRTHDAY, today) !== null) return null
  return unknown ? year : whole
}

function genderOf(text: string): Card['gender'] {
  const word = text.toLowerCase()
  if (word === 'nam') return 'nam'
  return word === 'nữ' || word === 'nu' ? 'nu' : null
}

function addressOf(text: string): string | null {
  const readable = text !== '' && text.length <= LONGEST_ADDRESS && !text.includes(LOST) && !hides(text, false)
  return readable ? text : null
}

/** Read the text of a code; `today` is `YYYY-MM-DD`. The text itself is kept nowhere. */
export function readCard(text: string, today: string): Reading {
  const fields = text.split('|').map(tidy)
  const [number = '', , name = '', born = '', gender = '', address = ''] = fields
  if (fields.length < FEWEST_FIELDS || !(NUMBER.test(number) || DAY.test(born))) return { is: 'other' }
  if (!NUMBER.test(number) || !NAME.test(name)) return { is: 'damaged' }
  return {
    is: 'card',
    card: { number, name, born: bornOn(born, today), gender: genderOf(gender), address: addressOf(address) },
  }
}
