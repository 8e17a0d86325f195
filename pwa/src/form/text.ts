/** Typed text as it is kept and compared. */

/** Spelled out, because languages differ in what white space is; the server has the same list. */
const BLANKS = /[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g

/** Text of one line as it is kept: composed letters (NFC), single blanks, none at the ends. */
export const tidy = (text: string): string => text.normalize('NFC').replace(BLANKS, ' ').replace(/^ | $/g, '')

/** Figures and signs as wide as a letter of Chinese, from some keyboards, become the plain ones. */
export const narrow = (text: string): string =>
  text.replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))

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
