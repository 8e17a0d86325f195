/** Typed text as it is kept and compared. */

/** Composed letters (NFC), single blanks, none at the ends; some phones type in pieces. */
export const tidy = (text: string): string => text.normalize('NFC').trim().replace(/\s+/g, ' ')

/** Lower case without marks: how people search. */
export function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[đĐ]/g, 'd')
    .toLowerCase()
}

/** Signs that no name or sentence holds. */
export const odd = (text: string): boolean => /[\u0000-\u0008\u000B-\u001F\u007F-\u009F]/.test(text)
