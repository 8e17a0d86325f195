/** Choosing a way to pay: by who owns the dossier, and by whom a pay link was sent to. */
import { useState } from 'preact/hooks'

import { slugOf, type Result } from '../../api/client.ts'
import type { Attempt, Way } from '../../api/schema.ts'
import '../../parts/choice/choice.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'
import { refusal } from '../../words/refused.ts'
import { marked, offers, type Offer } from './offer.ts'

/** Refusals of the way itself: it is taken off the list, the others stay. */
const NOT_THIS_WAY = ['content', 'way-down']

export interface Choice {
  offered: readonly Offer[]
  chosen: string | null
  /** The way asked for, offered or not. */
  picked: string | null
  pick: (adapter: string) => void
  /** What went wrong at the last try, in the language spoken now. */
  words: string | null
  busy: boolean
  begin: (event: Event) => Promise<void>
}

interface Means {
  start: (adapter: string) => Promise<Result<Attempt>>
  begun: (attempt: Attempt, adapter: string) => unknown
}

export function useChoice(ways: readonly Way[], wanted: string | null, { start, begun }: Means): Choice {
  const [picked, pick] = useState(wanted)
  const [refused, setRefused] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ words: () => string } | null>(null)
  const offered = offers(ways, refused)
  const chosen = marked(offered, picked)?.adapter ?? null

  async function begin(event: Event): Promise<void> {
    event.preventDefault()
    if (chosen === null || busy) return
    setBusy(true)
    setWrong(null)
    const result = await start(chosen)
    setBusy(false)
    if (result.end === 'lost') setWrong({ words: () => say('pay.offline') })
    else if (result.end === 'refusal') {
      if (NOT_THIS_WAY.includes(slugOf(result.problem))) setRefused([...refused, chosen])
      setWrong({ words: () => refusal(slugOf(result.problem), result.problem.title) || say('pay.broken') })
    } else if (result.body.state === 'failed') {
      setRefused([...refused, chosen])
      setWrong({ words: () => say('pay.broken') })
    } else await begun(result.body, chosen)
  }

  return { offered, chosen, picked, pick, words: wrong?.words() ?? null, busy, begin }
}

export function Ways({ choice, hint }: { choice: Choice; hint?: string }) {
  const { offered, chosen, pick } = choice
  return (
    <fieldset class="stack--tight">
      <legend class="h2">{say('pay.one')}</legend>
      {hint !== undefined && <p class="field__hint">{hint}</p>}
      {offered.map(({ adapter, name, more }) => (
        <label key={adapter} class="choice">
          <input class="choice__input" type="radio" name="tra" checked={chosen === adapter} onChange={() => pick(adapter)} />
          <span class="choice__body">
            <b>{name}</b>
            {more !== null && <span class="field__hint">{more}</span>}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

export function WentWrong({ words }: Pick<Choice, 'words'>) {
  if (words === null) return null
  return (
    <p class="field__wrong" role="alert">
      <Icon of="alert" />
      <span>{words}</span>
    </p>
  )
}

export function Next({ chosen, busy }: Pick<Choice, 'chosen' | 'busy'>) {
  if (chosen === null) return null
  return (
    <button class="btn btn--main" type="submit" aria-disabled={busy}>
      {say('pay.next')}
    </button>
  )
}

export function Warning() {
  return (
    <p class="side small quiet">
      <Icon of="lock" size="s" />
      <span>{say('pay.never')}</span>
    </p>
  )
}
