/** What did not come about, told to who asked for it. */
import { slugOf, type Lost, type Problem, type Refusal } from '../api/client.ts'
import { say } from '../words/later.ts'
import { refusal } from '../words/refused.ts'

export const refused = (problem: Problem): string => refusal(slugOf(problem), problem.title) || say('trouble.ours.more')

/** Nothing was heard, or it was refused; who tried too often is told how long to wait. */
export function unhappy(end: Refusal | Lost): string {
  if (end.end === 'lost') return say('pay.offline')
  if (end.status === 429 && end.retryAfter !== null) return say('trouble.wait', { minutes: Math.ceil(end.retryAfter / 60) })
  return refused(end.problem)
}
