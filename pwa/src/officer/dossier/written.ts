/** Words as an officer types or pastes them: what nobody sees in them is left out. */

const BREAKS = /\r\n?|[\u0085\u2028\u2029]/g
const BLANKS = /[\t\v\f\p{Zs}]/gu
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}]/gu
const UNREADABLE = /[\p{Cn}\p{Co}\p{Cs}]/u

/**
 * White space is a space, a box of one line has no breaks, zero-width and direction marks go.
 *
 * Not while somebody types: some Vietnamese keyboards put a mark there and take it back.
 */
export function plain(text: string, lines: boolean): string {
  const written = text.replace(BREAKS, '\n').replace(BLANKS, ' ').replace(UNSEEN, '')
  return lines ? written : written.replace(/\n+/g, ' ')
}

/** Signs that no font has: they are seen as empty boxes, and only who typed them knows what was meant. */
export const unreadable = (text: string): boolean => UNREADABLE.test(text)
