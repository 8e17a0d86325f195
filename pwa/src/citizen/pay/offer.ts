/** The ways to pay that the server takes now, in its order and in the person's words. */
import type { Attempt, Obligation, Way } from '../../api/schema.ts'
import { language } from '../../words/say.ts'
import { say } from '../../words/later.ts'

/** Ways that we can say more about than their name. */
const KNOWN = ['vietqr', 'sandbox', 'counter'] as const

export interface Offer {
  adapter: string
  name: string
  more: string | null
}

function offer({ adapter, title_vi, title_en }: Way): Offer {
  const known = KNOWN.find((one) => one === adapter)
  if (known === undefined) return { adapter, name: language() === 'en' ? title_en : title_vi, more: null }
  return { adapter, name: say(`way.${known}`), more: say(`way.${known}.more`) }
}

/** Those that are offered, without the ones that were refused a moment ago. */
export const offers = (ways: readonly Way[], refused: readonly string[]): Offer[] =>
  ways.filter(({ adapter }) => !refused.includes(adapter)).map(offer)

/** The way asked for, when its provider does not answer now. */
export const downOf = (down: readonly Way[], wanted: string | null): Offer | null => {
  const found = down.find(({ adapter }) => adapter === wanted)
  return found === undefined ? null : offer(found)
}

/** The way that is marked at first: the one asked for, else the first. */
export const marked = (offered: readonly Offer[], wanted: string | null): Offer | null =>
  offered.find(({ adapter }) => adapter === wanted) ?? offered[0] ?? null

/** The last try of a way (the server tells them oldest first), unless another was begun after it. */
export function lastTry(attempts: readonly Attempt[], adapter: string | null): Attempt | undefined {
  const last = attempts.findLast((one) => one.adapter === adapter)
  return last?.state === 'superseded' ? undefined : last
}

/** What is to be paid now: less than the fee once an officer let a part count. */
export const dueNow = ({ due, amount }: Obligation): number => due ?? amount ?? 0

/** A part has come: it counts (the rest may be paid), an officer still looks at it, or there is none. */
export function partPaid({ amount, paid, due }: Obligation): 'counts' | 'looked at' | null {
  if (paid <= 0 || amount === null || paid >= amount) return null
  return due === amount - paid ? 'counts' : 'looked at'
}

/** What the person is asked for now: nothing while an officer looks at money that came. */
export function askedNow(obligation: Obligation | null): number {
  if (obligation?.state !== 'open') return 0
  return obligation.paid <= 0 || partPaid(obligation) === 'counts' ? dueNow(obligation) : 0
}

/** Which screen a try belongs to; one that has ended or was not answered keeps nothing to show. */
export function screenOf({ adapter, next_action: action }: Attempt): 'bank' | 'counter' | 'away' {
  if (action?.kind === 'qr' || adapter === 'vietqr') return 'bank'
  return action?.kind === 'instructions' ? 'counter' : 'away'
}
