/** Days, and days of which only the year or the month is known. */
import type { Field } from '../definition.ts'
import { narrow } from '../text.ts'
import { fault, type Fault } from '../wrong.ts'
import type { Check } from './check.ts'

const EARLIEST = '1900-01-01'
const DAY_ALONE = /^\d{4}--\d{2}$/
const PARTIAL = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/

/** The three boxes of a date, from and to `YYYY-MM-DD`; unknown pieces are empty. */
export interface Boxes {
  year: string
  month: string
  day: string
}

export function boxes(value: unknown): Boxes {
  const [year = '', month = '', day = ''] = typeof value === 'string' ? value.split('-') : []
  return { year, month, day }
}

const padded = (part: string): string => (/^\d$/.test(part) ? `0${part}` : part)

/** Join the boxes; a piece that is missing at the end is left out, in between it stays empty. */
export function joined({ year, month, day }: Boxes): string {
  return [year, month, day].join('-').replace(/-+$/, '')
}

/** The same with two plain figures for day and month: `1958-5-3` becomes `1958-05-03`. */
export function normalDate(value: string): string {
  const { year, month, day } = boxes(narrow(value))
  return joined({ year, month: padded(month), day: padded(day) })
}

function noSuchDay(year: number, month: number, day: number): Fault | null {
  if (month < 1 || month > 12) return fault('month', { written: month })
  if (day < 1 || day > 31) return fault('day', { written: day })
  const last = new Date(Date.UTC(Math.max(year, 100), month, 0)).getUTCDate()
  return day <= last ? null : fault('day', { month, year, limit: last, written: day })
}

/** From when on somebody is so old, as far as the birth is known; born on 29 February: in March, as we read it (docs/decisions/0018). */
function ofAge(born: string, years: number): string {
  const year = Number(born.slice(0, 4)) + years
  const leapless = born.endsWith('-02-29') && new Date(Date.UTC(year, 2, 0)).getUTCDate() < 29
  return year + (leapless ? '-03-01' : born.slice(4))
}

/** Compare as texts, as far as the partial date says anything. */
function outside(field: Field, text: string, today: string): Fault | null {
  const least = typeof field.min === 'string' ? field.min : EARLIEST
  const most = typeof field.max === 'string' ? field.max : today
  if (text > most.slice(0, text.length)) {
    const open = field.max === undefined || field.max === null
    return open ? fault('future') : fault('too-late', { limit: most })
  }
  const born = field.min_age ? `${Number(today.slice(0, 4)) - field.min_age}${today.slice(4)}` : text
  if (text > born.slice(0, text.length)) return fault('too-young', { limit: field.min_age ?? 0, written: ofAge(text, field.min_age ?? 0) })
  return text < least.slice(0, text.length) ? fault('too-early', { limit: least }) : null
}

const dated =
  (whole: boolean): Check<string> =>
  (value, field, today) => {
    const text = normalDate(value)
    const found = PARTIAL.exec(text)
    if (!whole && DAY_ALONE.test(text)) return fault('month')
    if (found === null || (whole && found[3] === undefined)) return fault('date')
    const [year, month, day] = [found[1], found[2] ?? 1, found[3] ?? 1].map(Number)
    return noSuchDay(year ?? 0, month ?? 0, day ?? 0) ?? outside(field, text, today)
  }

export const date = dated(true)
export const partialDate = dated(false)
