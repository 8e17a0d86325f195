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

export type Missing = 'group' | 'evidence' | 'step' | 'until'

export const MOST_EVIDENCE = 300
export const MOST_TOLD = 300
const MOST_GROUP = 190

const AT: Readonly<Partial<Record<ObligationState, readonly ExemptStep[]>>> = {
  open: ['grant', 'ask'],
  expired: ['grant', 'ask'],
  exemption_review: ['grant', 'refuse'],
}

/** What is paid can be given back to who claimed, and that alone. */
const PAID_AND_CLAIMED = ['grant'] as const

/** What the server takes at each state of the money. */
export const stepsAt = (state: ObligationState, claimed: boolean): readonly ExemptStep[] =>
  AT[state] ?? (state === 'paid' && claimed ? PAID_AND_CLAIMED : [])

/** The groups of a procedure; lines of words alone are their own names. */
export const groupsOf = (fee: Fee | null): readonly Exemption[] =>
  fee === null ? [] : (fee.exempt ?? fee.exemptions.map((words) => ({ id: words, words })))

/** What is not said yet, in the order of the form. */
export function missingIn({ group, evidence, step, until }: Exempting, today: string): Missing[] {
  const wrong: Record<Missing, boolean> = {
    group: group === null,
    evidence: evidence.trim() === '',
    step: step === null,
    until: step === 'refuse' && !untilFits(until, today),
  }
  return (['group', 'evidence', 'step', 'until'] as const).filter((part) => wrong[part])
}

/** The body that is sent: the reason names the group, then what was looked at. */
export function bodyOf({ group, evidence, told, step, until }: Exempting, groups: readonly Exemption[]): object {
  const words = groups.find(({ id }) => id === group)?.words ?? ''
  const reason = `${words.slice(0, MOST_GROUP)}: ${evidence.trim()}`
  const refusal = { until: normalDate(until), ...(told.trim() !== '' && { told: told.trim() }) }
  return { step, reason, ...(step === 'refuse' && refusal) }
}
