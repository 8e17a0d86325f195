/** What has happened (quá trình giải quyết): the steps that the citizen reads, and the notes of the office. */
import type { DossierState } from '../../api/schema.ts'
import { ICON, Line, type Stop } from '../../parts/line/line.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { language } from '../../words/say.ts'
import type { Full, Noted } from '../shapes.ts'

const GOING_ON: readonly DossierState[] = ['submitted', 'accepted', 'processing', 'supplement_requested']

export function Past({ full: { timeline, state, due_at, expected_at } }: { full: Full }) {
  const going = GOING_ON.includes(state)
  const until = due_at ?? expected_at
  const asked = state === 'supplement_requested' ? say(due_at === null ? 'line.begins' : 'line.paused') : null
  const ahead: readonly Stop[] =
    going && until !== null
      ? [{ icon: 'calendar', words: say(due_at === null ? 'line.expected' : 'line.next'), when: asked ?? format.moment(until) }]
      : []
  return (
    <section class="card stack--tight" aria-labelledby="qua-trinh">
      <h2 id="qua-trinh">{say('line.title')}</h2>
      <Line past={timeline.map((step) => stopOf(step, until))} ahead={ahead} going={going} />
    </section>
  )
}

/** In English the reason stands below our words, in the Vietnamese of whoever wrote it. */
function stopOf({ state, what, what_en: english, reason = null, at, until, note }: Noted, promised: string | null): Stop {
  const ends = until && until !== promised ? ` · ${say('line.until', { moment: format.moment(until) })}` : ''
  const stop = { icon: ICON[state], when: format.moment(at) + ends }
  const beside = note === null ? null : say('line.note', { note })
  if (language() === 'vi') return { ...stop, words: what, more: beside }
  const more = [reason, beside].filter(Boolean).join(' · ')
  return { ...stop, words: english ?? say(`state.${state}`), more, ...(beside === null && { lang: 'vi' }) }
}
