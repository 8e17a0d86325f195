/** An exemption (miễn phí) while the officer looks at it: groups, outcomes, what is sent. */
import type { ObligationState } from '../../api/schema.ts'
import type { Exemption, Fee } from '../../form/definition.ts'
import { normalDate } from '../../form/kinds/dates.ts'
import { untilFits } from './asking.ts'

export type ExemptStep = 'ask' | 'grant' | 'refuse'

export interface Exempting {
  /** The id of a group. */
  group: string | null
  evidence: string
  /** What the citizen reads of a refusal. */
  told: string
  step: ExemptStep | null
  /** `YYYY-MM-DD`, also while half typed. */
  until: string
}

export type Missing = 'group' | 'evidence' | 'step' | 'until' | 'told'

export const MOST_EVIDENCE = 300
export const MOST_TOLD = 300
const MOST_GROUP = 190

const AT: Readonly<Partial<Record<ObligationState, readonly ExemptStep[]>>> = {
  open: ['grant', 'ask'],
  expired: ['grant', 'ask'],
  exemption_review: ['grant', 'refuse'],
}

/** Who claimed and paid all the same gets it back, or is told that it stays paid. */
const CLAIMED_AND_PAID = ['grant', 'refuse'] as const
const PAID: readonly ObligationState[] = ['paid', 'refund_due', 'partly_refunded']

export const isPaid = (state: ObligationState): boolean => PAID.includes(state)

/** What the server takes at each state of the money. */
export const stepsAt = (state: ObligationState, claimed: boolean): readonly ExemptStep[] =>
  AT[state] ?? (isPaid(state) && claimed ? CLAIMED_AND_PAID : [])

/** The groups of a procedure; lines of words alone are their own names. */
export const groupsOf = (fee: Fee | null): readonly Exemption[] =>
  fee === null ? [] : (fee.exempt ?? fee.exemptions.map((words) => ({ id: words, words })))

/** What is not said yet, in the order of the form; of what stays paid the payer reads at least why. */
export function missingIn({ group, evidence, step, until, told }: Exempting, today: string, paid = false): Missing[] {
  const wrong: Record<Missing, boolean> = {
    group: group === null,
    evidence: evidence.trim() === '',
    step: step === null,
    until: step === 'refuse' && !paid && !untilFits(until, today),
    told: step === 'refuse' && paid && told.trim() === '',
  }
  return (['group', 'evidence', 'step', 'until', 'told'] as const).filter((part) => wrong[part])
}

/** The body that is sent: the reason names the group, then what was looked at. */
export function bodyOf({ group, evidence, told, step, until }: Exempting, groups: readonly Exemption[], paid = false): object {
  const words = groups.find(({ id }) => id === group)?.words ?? ''
  const reason = `${words.slice(0, MOST_GROUP)}: ${evidence.trim()}`
  const refusal = { ...(!paid && { until: normalDate(until) }), ...(told.trim() !== '' && { told: told.trim() }) }
  return { step, reason, ...(step === 'refuse' && refusal) }
}
