/** What has happened (quá trình giải quyết): the same steps that the citizen reads. */
import type { DossierState } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import '../../parts/line/line.css'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'
import { say } from '../../words/officer.ts'
import type { Full } from '../shapes.ts'

const ICON: Readonly<Record<DossierState, Shape>> = {
  draft: 'phone',
  submitted: 'office',
  accepted: 'check',
  declined: 'alert',
  processing: 'people',
  supplement_requested: 'pen',
  result_ready: 'door',
  returned: 'door',
  withdrawn: 'back',
  stopped: 'alert',
  expired: 'clock',
}

const GOING_ON: readonly DossierState[] = ['submitted', 'accepted', 'processing', 'supplement_requested']

export function Line({ full: { timeline, state, due_at, expected_at } }: { full: Full }) {
  const going = GOING_ON.includes(state)
  const until = due_at ?? expected_at
  const last = timeline.length - 1
  return (
    <section class="card stack--tight" aria-labelledby="qua-trinh">
      <h2 id="qua-trinh">{say('line.title')}</h2>
      <ol>
        {timeline.map((step, index) => (
          <li key={index} class={index === last && going ? 'line__item line__item--now' : 'line__item'}>
            <span class="line__dot">
              <Icon of={ICON[step.state]} />
            </span>
            <b>{language() === 'vi' ? step.what : say(`state.${step.state}`)}</b>
            <span class="line__when num">
              {format.moment(step.at)}
              {step.until && step.until !== until && <> · {say('line.until', { moment: format.moment(step.until) })}</>}
            </span>
          </li>
        ))}
        {going && until !== null && (
          <li class="line__item line__item--next">
            <span class="line__dot">
              <Icon of="calendar" />
            </span>
            <b>{say(due_at === null ? 'line.expected' : 'line.next')}</b>
            <span class="line__when num">{format.moment(until)}</span>
          </li>
        )}
      </ol>
    </section>
  )
}
