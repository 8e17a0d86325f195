/** What a refused decision of money means for the person at the desk. */
import { slugOf, type Fault, type Result } from '../../api/client.ts'

const CONFLICTS = [
  'money-decided',
  'money-taken-back',
  'money-given-back',
  'refund-decided',
  'same-person',
  'too-much-back',
  'nothing-due',
  'shift-open',
  'shift-closed',
  'close-signed',
  'receipt-decided',
  'no-receipt-now',
] as const

export type Why = (typeof CONFLICTS)[number] | 'not-by-provider' | 'gone' | 'lost' | 'many' | 'content' | 'ours'

export interface Refusal {
  why: Why
  /** What the page shows is not how it is: it is read anew. */
  reload: boolean
  faults: readonly Fault[]
}

/** What may be tried once more as it stands: another dossier, another way. */
const STAYS: readonly Why[] = ['nothing-due', 'too-much-back', 'no-receipt-now']

/** Read an end that is no answer; null when the session ended, which the desk tells by itself. */
export function refusalOf(result: Exclude<Result<unknown>, { end: 'answer' }>): Refusal | null {
  if (result.end === 'lost') return { why: 'lost', reload: true, faults: [] }
  const { status, problem } = result
  if (status === 401) return null
  const slug = slugOf(problem)
  const faults = problem.errors ?? []
  const conflict = CONFLICTS.find((one) => one === slug)
  if (conflict !== undefined) return { why: conflict, reload: !STAYS.includes(conflict), faults }
  if (slug === 'not-by-provider') return { why: slug, reload: false, faults }
  if (status === 404) return { why: 'gone', reload: false, faults }
  if (status === 409) return { why: 'money-decided', reload: true, faults }
  if (status === 429) return { why: 'many', reload: false, faults }
  return { why: status < 500 ? 'content' : 'ours', reload: false, faults }
}
