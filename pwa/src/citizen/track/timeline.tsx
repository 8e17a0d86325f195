/** What has happened to a dossier, and what is still to come. */
import type { DossierState, Happened } from '../../api/schema.ts'
import { ICON, Line, type Stop } from '../../parts/line/line.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/later.ts'
import { language } from '../../words/say.ts'

/** What is still to come, from where the dossier stands. */
const AHEAD: Readonly<Partial<Record<DossierState, readonly ('accept' | 'work' | 'result' | 'fetch')[]>>> = {
  submitted: ['accept', 'work', 'result'],
  supplement_requested: ['work', 'result'],
  accepted: ['work', 'result'],
  processing: ['result'],
  result_ready: ['fetch'],
}

const AHEAD_ICON = { accept: 'check', work: 'people', result: 'door', fetch: 'door' } as const

interface Props {
  steps: readonly Happened[]
  state: DossierState
  due: string | null
  /** The ward has promised it; until then it is expected. */
  promised: boolean
  /** The clock stands still: what was promised is no date any more. */
  paused?: boolean
}

export function Timeline({ steps, state, due, promised, paused = false }: Props) {
  const asked = state === 'supplement_requested'
  /** What was asked for before the ward accepted the dossier stops no clock: acceptance is still to come. */
  const before = asked && !steps.some((step) => step.state === 'accepted')
  const still = paused || asked
  const result = before ? null : still ? say('track.paused') : due === null ? null : say(promised ? 'track.due' : 'track.expected', { moment: format.moment(due) })
  const ahead = (AHEAD[before ? 'submitted' : state] ?? []).map((step) => ({
    icon: AHEAD_ICON[step],
    words: say(`ahead.${step}`),
    when: step === 'result' ? result : null,
  }))
  return (
    <div class="card">
      <Line past={steps.map(stopOf)} ahead={ahead} going={state !== 'returned'} />
    </div>
  )
}

/** The ward tells its moves in Vietnamese; in English the state is named, above its own words. */
function stopOf({ state, what, what_en: english, reason, at, until }: Happened): Stop {
  const ends = state === 'supplement_requested' && until ? ` · ${say('track.until', { moment: format.moment(until) })}` : ''
  const stop = { icon: ICON[state], when: format.moment(at) + ends }
  if (language() === 'vi') return { ...stop, words: what }
  return { ...stop, words: english ?? say(`state.${state}`), more: reason ?? null, lang: 'vi' }
}
