/** Where a sent dossier stands: with the ward, or at an end without a result; and what is owed meanwhile. */
import type { DossierState, Obligation, Status } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { isUnsent } from '../../drafts/supplement.ts'
import type { Whereabouts } from '../../parts/where/where.tsx'
import * as format from '../../words/format.ts'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import { askedNow } from '../pay/offer.ts'

/** Ends without a result: no date holds any more, and whatever was paid is to be given back. */
const ENDED = ['declined', 'withdrawn', 'stopped', 'expired'] as const
export type Ended = (typeof ENDED)[number]

export const endOf = (state: DossierState | null | undefined): Ended | null => ENDED.find((end) => end === state) ?? null

/** No date of a result is still to come. */
export const isOver = (state: DossierState | null | undefined): boolean =>
  endOf(state) !== null || state === 'result_ready' || state === 'returned'

/** What the person adds may still lie on this device, while the rest is with the ward. */
export function placeOf(status: Status | null, dossier: Dossier | null = null): Whereabouts {
  const end = endOf(status?.state)
  if (end !== null) return { place: 'office', words: `**${say(`state.${end}`)}**`, over: true }
  if (dossier !== null && isUnsent(dossier)) return { place: 'phone', words: sayBeside('ask.unsent') }
  if (status?.supplement) return { place: 'office', words: say('where.ask') }
  if (isOver(status?.state)) return { place: 'office', words: say('where.result') }
  return { place: 'office', words: say('where.office') }
}

/** The ward's reason, as its officer wrote it; what was kept before reasons stood by themselves has it in the step's words. */
export function reasonOf({ state, timeline }: Pick<Status, 'state' | 'timeline'>): string | null {
  const step = timeline.findLast((one) => one.state === state)
  return step === undefined ? null : step.reason === undefined ? step.what : step.reason
}

/** The ward has received it (tiếp nhận): from then on a time runs. */
export const wasAccepted = ({ timeline }: Pick<Status, 'timeline'>): boolean => timeline.some(({ state }) => state === 'accepted')

/**
 * What an unpaid fee holds back: the ward's work, or the result; null where it holds back nothing.
 *
 * Right after sending the state is still the one that was heard before.
 */
export function owedWords(status: Pick<Status, 'state' | 'timeline'> | null, obligation: Obligation | null): string | null {
  const sum = askedNow(obligation)
  if (sum === 0) return null
  const amount = format.money(sum)
  if (status?.state === 'result_ready') return say('owed.fetch', { amount })
  const waits = status === null || ['submitted', 'draft', 'supplement_requested'].includes(status.state)
  return waits && (status === null || !wasAccepted(status)) ? say('owed.first', { amount }) : null
}
