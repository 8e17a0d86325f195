/** What a request does to the time the ward has: it stands still only where it had begun. */
import type { Status } from '../../api/schema.ts'

type Timed = Pick<Status, 'timeline' | 'due_at' | 'expected_at'>
type Clock = 'track.pause' | 'ask.done.more' | 'ask.begins'

/** Null where no time counts, or where nothing of it stood still: only an officer's request is a step. */
export function clockWords({ timeline, due_at, expected_at }: Timed, answered: boolean): Clock | null {
  const been = (state: string): boolean => timeline.some((step) => step.state === state)
  if (!been('accepted')) return expected_at === null ? null : 'ask.begins'
  if (due_at === null || !been('supplement_requested')) return null
  return answered ? 'ask.done.more' : 'track.pause'
}
