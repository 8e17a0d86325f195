/** One fee as the holder of its pay link sees it, and what the page shows of it; the server is asked. */
import { call, type Result } from '../../api/client.ts'
import type { Attempt, Lent } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'

const HOME = '/api/v1/pay-link'

export const lookAt = (token: string): Promise<Result<Lent>> => call<Lent>(HOME, { method: 'POST', json: { token } })

export const begin = (token: string, adapter: string): Promise<Result<Attempt>> =>
  call<Attempt>(`${HOME}/payments`, { method: 'POST', json: { token, adapter }, patience: 25_000 })

const PAID = ['paid', 'refund_due', 'partly_refunded', 'refunded', 'nothing_due', 'exempt']
const PAYABLE = ['open', 'exemption_review', 'expired']

export type Standing = 'paid' | 'over' | 'confirming' | 'open'

/** Where a fee stands for who pays it: whatever is unsure is never paid a second time. */
export function standingOf({ state, due, attempts }: Pick<Lent, 'state' | 'due' | 'attempts'>): Standing {
  if (PAID.includes(state)) return 'paid'
  if (!PAYABLE.includes(state) || due <= 0) return 'over'
  const unsure = attempts.some((one) => one.state === 'unknown' || one.state === 'review')
  return unsure ? 'confirming' : 'open'
}

/** Whether a link may be out that its owner wants to end: known, or not known because the dossier is older than the question. */
export const mayBeOut = ({ payLink }: Pick<Dossier, 'payLink'>): boolean => payLink !== false

const KEPT = 'motcua.lent'

/** Keep the link while the provider's page is open, in this tab alone. */
export function keep(token: string): void {
  try {
    sessionStorage.setItem(KEPT, token)
  } catch {
    // A browser that keeps nothing leads back to the code's page.
  }
}

/** Where the browser that comes back from a provider's page belongs, if it left by a pay link. */
export function keptLink(): string | null {
  try {
    const token = sessionStorage.getItem(KEPT)
    return token === null ? null : `/tra-phi#${token}`
  } catch {
    return null
  }
}
