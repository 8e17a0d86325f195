/** The way of a dossier: done, now, next. The same list for phone, counter and officer. */
import type { DossierState, Happened } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import '../../parts/line/line.css'
import { language } from '../../words/say.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'

const ICONS: Readonly<Record<DossierState, Shape>> = {
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

/** What is still to come, from where the dossier stands. */
const AHEAD: Readonly<Partial<Record<DossierState, readonly ('accept' | 'work' | 'result')[]>>> = {
  submitted: ['accept', 'work', 'result'],
  supplement_requested: ['work', 'result'],
  accepted: ['work', 'result'],
  processing: ['result'],
  result_ready: ['result'],
}

const AHEAD_ICON = { accept: 'check', work: 'people', result: 'door' } as const

interface Props {
  steps: readonly Happened[]
  state: DossierState
  due: string | null
}

export function Timeline({ steps, state, due }: Props) {
  const last = steps.length - 1
  const ahead = AHEAD[state] ?? []
  return (
    <ol class="card">
      {steps.map((step, index) => (
        <li key={index} class={index === last && ahead.length > 0 ? 'line__item line__item--now' : 'line__item'}>
          <span class="line__dot">
            <Icon of={ICONS[step.state]} />
          </span>
          <b>{told(step)}</b>
          <span class="line__when num">
            {format.moment(step.at)}
            {step.state === 'supplement_requested' && step.until && <> · {say('track.until', { moment: format.moment(step.until) })}</>}
          </span>
        </li>
      ))}
      {ahead.map((step) => (
        <li key={step} class="line__item line__item--next">
          <span class="line__dot">
            <Icon of={AHEAD_ICON[step]} />
          </span>
          <b>{say(`ahead.${step}`)}</b>
          {step === 'result' && due !== null && (
            <span class="line__when num">{say('track.due', { moment: format.moment(due) })}</span>
          )}
        </li>
      ))}
    </ol>
  )
}

/** The ward tells its steps in Vietnamese; in English the state is named. */
function told(step: Happened): string {
  return language() === 'vi' ? step.what : say(`state.${step.state}`)
}
