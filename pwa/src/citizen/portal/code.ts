/**
 * The dossier code of the national portal (mã hồ sơ trên Cổng): taken out of what was typed or scanned.
 *
 * Its usual shape is agency, day, number of the day: `H13.12-261122-0001` or `000.00.01.H13-261122-0001`.
 * That is our reading of public material and not verified, so another shape is asked about, never refused.
 */

export type Reading =
  | { is: 'empty' | 'wrong' | 'short' | 'long' | 'own' }
  | { is: 'code' | 'unusual'; code: string }

const AGENCY = String.raw`(?:[A-Z]\d{2}(?:\.\d{1,3}){0,4}|(?:\d{1,3}\.){1,4}[A-Z]\d{2})`
const USUAL = new RegExp(String.raw`(?:^|[^A-Z0-9.])(${AGENCY}-(\d{6})-\d{4,8})(?![A-Z0-9])`)
const STRANGE = /[^A-Z0-9./-]/
const LEAST = 6
const MOST = 40
const FEWEST_FIGURES = 4
/** The code on our own sheet leads back to the draft. */
const OWN = /\/ho-so#/i

/** Capitals, plain hyphens; blanks, signs that nobody sees and a full stop behind are no part of it. */
const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/[\s\p{Cf}\p{Cc}]/gu, '')
    .replace(/^[./-]+|[./-]+$/g, '')

/** Whether the six figures are a day that has come. */
function isDay(figures: string, today: string): boolean {
  const day = `20${figures.slice(0, 2)}-${figures.slice(2, 4)}-${figures.slice(4)}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day <= today
}

/** What a person typed off the portal's paper. */
export function readTyped(text: string, today: string): Reading {
  const code = plain(text)
  if (code === '') return { is: 'empty' }
  if (STRANGE.test(code)) return { is: 'wrong' }
  if (code.length > MOST) return { is: 'long' }
  if (code.length < LEAST || (code.match(/\d/g)?.length ?? 0) < FEWEST_FIGURES) return { is: 'short' }
  const [, whole, day = ''] = USUAL.exec(code) ?? []
  return { is: whole === code && isDay(day, today) ? 'code' : 'unusual', code }
}

/** What stands in a QR code: the code alone, or somewhere in an address or a text. */
export function readScanned(text: string, today: string): Reading {
  if (OWN.test(text)) return { is: 'own' }
  const found = USUAL.exec(text.normalize('NFKC').toUpperCase())
  return readTyped(found?.[1] ?? text, today)
}
