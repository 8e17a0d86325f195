/** By when a result is expected, and what must be so for it: received that day, or come before an hour. */
import { serverNow } from '../../api/clock.ts'
import type { Status } from '../../api/schema.ts'
import { today } from '../../form/today.ts'
import { say as sayBeside } from '../../words/beside.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/later.ts'
import { isMissed, type Coming } from './comings.ts'

type Promised = Partial<Pick<Status, 'expected_at' | 'expected_from' | 'visit'>>

const current = (): number => serverNow() ?? Date.now()

/** `thứ Hai 30/11/2026` */
const weekday = (day: string): string =>
  `${say('days').split(', ')[new Date(day).getUTCDay()]} ${format.day(`${day}T12:00:00+07:00`)}`

/** The expected date; one that has passed together with the visit holds for nobody any more. */
export function expectedAt({ expected_at: at = null, visit = null }: Promised, now = current()): string | null {
  return at !== null && visit !== null && isMissed(visit, now) && Date.parse(at) < now ? null : at
}

function ifComes({ before, begins }: Coming): string {
  const day = weekday(begins.slice(0, 10))
  return before === null ? sayBeside('come.if', { day }) : sayBeside('come.before', { before, day })
}

/** What must be so for the expected date to hold; an answer of before does not tell the day. */
export function expectedIf({ expected_from: day, visit }: Promised, now = current()): string {
  if (visit && !isMissed(visit, now)) return ifComes(visit)
  if (!day || day === today(now)) return say('proof.expected.more')
  return say('proof.expected.on', { day: weekday(day) })
}
