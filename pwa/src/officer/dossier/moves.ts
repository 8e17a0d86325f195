/** Which decisions a dossier may take at its step, and which of them comes first. */
import type { DossierState } from '../../api/schema.ts'
import { VERBS, type Asked, type Full, type Verb } from '../shapes.ts'

const MAIN: Readonly<Partial<Record<DossierState, Verb>>> = {
  submitted: 'accept',
  accepted: 'finish',
  processing: 'finish',
  result_ready: 'return',
}

/** The moves of each step, for where the one-stop decides and the server offers none. */
const AT: Readonly<Partial<Record<DossierState, readonly Verb[]>>> = {
  submitted: ['accept', 'request_supplement', 'decline'],
  accepted: ['finish', 'request_supplement', 'stop'],
  processing: ['finish', 'request_supplement', 'stop'],
  result_ready: ['return'],
}

const ORDER: readonly Verb[] = ['accept', 'finish', 'return', 'request_supplement', 'decline', 'stop']

type Deciding = Pick<Full, 'state' | 'moves' | 'decided_here' | 'supplements'>

/** The request that an officer made; there is at most one. */
export const askedByOfficer = ({ supplements }: Pick<Full, 'supplements'>): Asked | undefined =>
  supplements.find((one) => one.by === 'officer')

/** The first move and the others, in the order of the counter. */
export function movesAt(full: Deciding): { main: Verb | null; others: readonly Verb[] } {
  const offered = full.decided_here ? full.moves : (AT[full.state] ?? [])
  const asked = askedByOfficer(full) !== undefined
  const may = ORDER.filter((verb) => VERBS.includes(verb) && offered.includes(verb)).filter(
    (verb) => verb !== 'request_supplement' || !asked,
  )
  const first = MAIN[full.state]
  const main = first !== undefined && may.includes(first) ? first : (may[0] ?? null)
  return { main, others: may.filter((verb) => verb !== main) }
}

/** Whether the citizen can still be asked to complete the dossier. */
export const mayAsk = (full: Deciding): boolean =>
  full.decided_here && full.moves.includes('request_supplement') && askedByOfficer(full) === undefined

const SETTLED = ['paid', 'nothing_due', 'exempt', 'refund_due', 'partly_refunded', 'refunded']

/** Whether a fee still holds the dossier back: then accepting wants a reason. */
export const owes = ({ obligation }: Pick<Full, 'obligation'>): boolean =>
  obligation !== null && !SETTLED.includes(obligation.state)
