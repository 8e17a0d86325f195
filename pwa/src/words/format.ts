/** How numbers, dates and codes are written (in Vietnam, in both languages). */
import { language } from './say.ts'

const HOUR = 3_600_000
const NBSP = '\u00A0'
const two = (value: number): string => String(value).padStart(2, '0')

/** `24.000`, in English `24,000`. */
export const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, language() === 'en' ? ',' : '.')

/** `24.000 đ`, in English `24,000 đ`, with a space that does not break. */
export const money = (dong: number): string => `${grouped(dong)}${NBSP}đ`

/** A moment as it stands on a clock in Vietnam, whatever the phone's zone. */
function inVietnam(moment: string | number): Date {
  return new Date(new Date(moment).getTime() + 7 * HOUR)
}

/** `17/11/2026` */
export function day(moment: string | number): string {
  const at = inVietnam(moment)
  return `${two(at.getUTCDate())}/${two(at.getUTCMonth() + 1)}/${at.getUTCFullYear()}`
}

/** `09:12` */
export function hour(moment: string | number): string {
  const at = inVietnam(moment)
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`
}

/** `17:00 ngày 17/11/2026` */
export function moment(value: string | number): string {
  const joint = language() === 'en' ? 'on' : 'ngày'
  return `${hour(value)} ${joint} ${day(value)}`
}

/** `2016-12-05`, `2016-12` or `2016` as it is said: `05/12/2016`, `12/2016`, `2016`. */
export function partialDate(value: string): string {
  return value.split('-').reverse().join('/')
}

/** `0900 000 417` */
export function phone(digits: string): string {
  return digits.replace(/^(\d{4})(\d{3})(\d{3})$/, `$1${NBSP}$2${NBSP}$3`)
}

/** A dossier code in its three groups 4-4-5. */
export function code(symbols: string): string[] {
  return [symbols.slice(0, 4), symbols.slice(4, 8), symbols.slice(8)]
}

/** `412 kB` or `7,9 MB` */
export function size(bytes: number): string {
  if (bytes < 1_000_000) return `${Math.max(1, Math.round(bytes / 1000))}${NBSP}kB`
  const mega = (bytes / 1_000_000).toFixed(1)
  return `${language() === 'en' ? mega : mega.replace('.', ',')}${NBSP}MB`
}

/** The first eight signs of a hash in two groups, as people compare them. */
export function mark(sha256: string): string {
  return `${sha256.slice(0, 4)} ${sha256.slice(4, 8)}`.toUpperCase()
}
