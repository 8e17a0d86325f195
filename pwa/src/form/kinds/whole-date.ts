/** A date that is written whole, where it is asked for in pieces. */
import { normalDate } from './dates.ts'

/** What stands around figures of a date; more words say that it is something else, as `âm lịch` does. */
const PLAIN = /^(?:[\d\s/.,-]|ng[aà]y|th[aá]ng|n[aă]m|m[ùồ]ng)*$/i
/** Eight figures in a row: the day first, as it is written here, else the year. */
const EIGHT = /^(\d\d)(0\d|1[0-2])((?:19|20)\d\d)$/
const EIGHT_YEAR_FIRST = /^((?:19|20)\d\d)(\d\d)(\d\d)$/

/** A year of two figures may be of two centuries: it is asked for, never guessed. */
function three([first = '', second = '', third = '']: readonly string[]): string[] | null {
  if (second.length > 2) return null
  if (third.length === 4 && first.length <= 2) return [third, second, first]
  return first.length === 4 && third.length === 2 ? [first, second, third] : null
}

/** A date written whole: `5/6/2020`, `5 tháng 6 năm 2020`, `05062020`, `2020-06-05`; null while it is none. */
export function wholeDate(text: string): string | null {
  if (!PLAIN.test(text.normalize())) return null
  const pieces = text.match(/\d+/g) ?? []
  const [only = ''] = pieces
  const found = pieces.length === 1 ? (EIGHT.exec(only)?.slice(1).reverse() ?? EIGHT_YEAR_FIRST.exec(only)?.slice(1) ?? null) : pieces.length === 3 ? three(pieces) : null
  return found === null ? null : normalDate(found.join('-'))
}
