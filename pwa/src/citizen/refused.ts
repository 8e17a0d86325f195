/** What did not come about, told to who asked for it. */
import { slugOf, type Lost, type Problem, type Refusal } from '../api/client.ts'
import { say } from '../words/later.ts'
import { refusal } from '../words/refused.ts'

export const refused = (problem: Problem): string => refusal(slugOf(problem), problem.title) || say('trouble.ours.more')

/** Nothing was heard, or it was refused. */
export const unhappy = (end: Refusal | Lost): string => (end.end === 'lost' ? say('pay.offline') : refused(end.problem))
