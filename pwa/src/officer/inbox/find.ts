/** What was typed or scanned into the search box. */

const SLIP = /#([0-9a-z]{13})\b/i

/** A scanner at the counter types a slip's whole address; only its code is looked for. */
export function wanted(typed: string): string {
  return (SLIP.exec(typed)?.[1] ?? typed).trim().replace(/\s+/g, ' ')
}

const CODE = /^[2-9A-HJKMNP-TV-Z]{13}$/

/** The code in plain upper case when it looks like one, whatever blanks and hyphens it holds. */
export function codeIn(typed: string): string | null {
  const plain = wanted(typed).toUpperCase().replace(/[\s-]/g, '')
  return CODE.test(plain) ? plain : null
}
