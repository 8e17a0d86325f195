/** A date that is written whole, where it is asked for in pieces. */
import { normalDate } from './dates.ts'

const WHOLE = /^\s*(?:(\d{1,2})([/.-])(\d{1,2})\2(\d{4})|(\d{4})-(\d{1,2})-(\d{2}))\s*$/

/** A date written whole: `5/6/2020`, `05.06.2020`, `5-6-2020`, `2020-06-05`; null while it is none. */
export function wholeDate(text: string): string | null {
  const found = WHOLE.exec(text)
  if (found === null) return null
  const [, day, , month, year] = found[1] === undefined ? [, found[7], , found[6], found[5]] : found
  return normalDate([year, month, day].join('-'))
}
