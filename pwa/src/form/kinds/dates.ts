/** Days, and days of which only the year or the month is known. */
import type { Check, Code } from './check.ts'

const EARLIEST = 1850

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

/** The same with two signs for day and month: `1958-5-3` becomes `1958-05-03`. */
export function normalDate(value: unknown): string {
  const { year, month, day } = boxes(value)
  return joined({ year, month: padded(month), day: padded(day) })
}

const daysIn = (year: number, month: number): number =>
  new Date(Date.UTC(year, month, 0)).getUTCDate()

function calendar({ year, month, day }: Boxes): Code | null {
  if (!/^\d{4}$/.test(year) || Number(year) < EARLIEST) return 'year'
  if (month !== '' && !(/^\d{2}$/.test(month) && Number(month) >= 1 && Number(month) <= 12))
    return 'month'
  if (day === '') return null
  if (month === '') return 'month'
  const last = daysIn(Number(year), Number(month))
  return /^\d{2}$/.test(day) && Number(day) >= 1 && Number(day) <= last ? null : 'day'
}

export const partialDate: Check = (value, field, today) => {
  const text = normalDate(value)
  const fault = calendar(boxes(text))
  if (fault !== null) return fault
  if (field.max === undefined || field.max === null) return text > today ? 'future' : null
  return bounded(text, field.min, field.max)
}

function bounded(text: string, min: unknown, max: unknown): Code | null {
  if (typeof min === 'string' && text < min.slice(0, text.length)) return 'too_early'
  if (typeof max === 'string' && text > max) return 'too_late'
  return null
}

export const date: Check = (value, field, today) => {
  const text = normalDate(value)
  const { year, month, day } = boxes(text)
  if (year === '' || month === '' || day === '') return 'date'
  return calendar({ year, month, day }) ?? bounded(text, field.min, field.max ?? today)
}
