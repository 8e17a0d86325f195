/** On which day of receipt an expected date counts: today, or the day when the ward opens next. */
import { serverNow } from '../../api/clock.ts'
import { today } from '../../form/today.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/later.ts'

/** `thứ Hai 30/11/2026` */
const weekday = (day: string): string =>
  `${say('days').split(', ')[new Date(day).getUTCDay()]} ${format.day(`${day}T12:00:00+07:00`)}`

/** What must be so for the expected date to hold; an answer of before does not tell the day. */
export function expectedIf(day: string | null | undefined, now = serverNow() ?? Date.now()): string {
  if (!day || day === today(now)) return say('proof.expected.more')
  return say('proof.expected.on', { day: weekday(day) })
}
