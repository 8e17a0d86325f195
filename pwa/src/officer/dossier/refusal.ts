/** What a refused decision means for the person at the desk. */
import { slugOf, type Fault, type Result } from '../../api/client.ts'

export type Refused =
  | 'stale'
  | 'not-allowed-now'
  | 'already-asked'
  | 'decided-elsewhere'
  | 'already-paid'
  | 'nothing-due'
  | 'gone'
  | 'lost'
  | 'many'
  | 'content'
  | 'ours'

export interface Refusal {
  why: Refused
  /** Loading the dossier again is the way on. */
  reload: boolean
  faults: readonly Fault[]
}

const CONFLICTS: readonly Refused[] = [
  'stale',
  'not-allowed-now',
  'already-asked',
  'decided-elsewhere',
  'already-paid',
  'nothing-due',
]

/** Read an end that is no answer; null when the session ended, which the desk tells by itself. */
export function refusalOf(result: Exclude<Result<unknown>, { end: 'answer' }>): Refusal | null {
  if (result.end === 'lost') return { why: 'lost', reload: true, faults: [] }
  const { status, problem } = result
  if (status === 401) return null
  const slug = slugOf(problem)
  const conflict = CONFLICTS.find((one) => one === slug)
  if (conflict !== undefined) return { why: conflict, reload: true, faults: [] }
  if (status === 404) return { why: 'gone', reload: false, faults: [] }
  if (status === 409) return { why: 'stale', reload: true, faults: [] }
  if (status === 429) return { why: 'many', reload: false, faults: [] }
  if (status < 500) return { why: 'content', reload: false, faults: problem.errors ?? [] }
  return { why: 'ours', reload: false, faults: [] }
}
