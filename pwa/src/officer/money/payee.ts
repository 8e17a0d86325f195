/** The account that the citizen named for a refund: all of it, or none of it. */
import type { Payee } from '../shapes.ts'

const ACCOUNT = /^[0-9A-Za-z]{4,34}$/

export const NO_PAYEE: Payee = { bank: '', account: '', name: '' }

export type PayeeWrong = 'half' | 'account' | null

/** As it is sent: without blanks, which people put between the groups of a number. */
export function tidied({ bank, account, name }: Payee): Payee {
  return { bank: bank.trim(), account: account.replace(/[\s.-]/g, ''), name: name.trim() }
}

/** What is wrong with it, for the first box that is. */
export function wrongIn(payee: Payee): PayeeWrong {
  const parts = Object.values(tidied(payee))
  if (parts.every((part) => part === '')) return null
  if (parts.some((part) => part === '')) return 'half'
  return ACCOUNT.test(tidied(payee).account) ? null : 'account'
}

/** Which box to go to when only a part is there. */
export const firstEmpty = (payee: Payee): keyof Payee =>
  (['bank', 'account', 'name'] as const).find((part) => tidied(payee)[part] === '') ?? 'account'
