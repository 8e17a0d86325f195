/** Taking a poster out of use (thu hồi): asked once more, with its successor if there is one. */
import { useState } from 'preact/hooks'

import { ask } from '../../parts/desk/session.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { language } from '../../words/say.ts'
import { say } from '../../words/officer.ts'
import { Sheet } from '../dossier/form.tsx'
import type { Poster } from '../shapes.ts'
import { Pick } from './new-poster.tsx'
import { groups, POSTERS } from './poster.ts'

interface Props {
  poster: Poster
  /** Posters of the same unit that are in use. */
  others: readonly Poster[]
  titled: (poster: Poster) => string
  done: (poster: Poster) => void
  cancel: () => void
}

export function Withdraw({ poster: { code }, others, titled, done, cancel }: Props) {
  const [next, setNext] = useState('')
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string | null>(null)

  async function send(): Promise<void> {
    if (busy) return
    setBusy(true)
    const json = next === '' ? {} : { replaced_by: next }
    const result = await ask<Poster>(`${POSTERS}/${code}/withdraw`, { method: 'POST', json })
    setBusy(false)
    if (result.end === 'answer') return done(result.body)
    const title = result.end === 'refusal' && language() === 'vi' ? result.problem.title : ''
    setWrong(title === '' ? say('withdraw.refused') : title)
  }

  return (
    <Sheet
      title={say('withdraw.ask', { code: groups(code) })}
      send={say('withdraw.do')}
      warn
      busy={busy}
      submit={() => void send()}
      cancel={cancel}
    >
      <p class="small">{say('withdraw.more')}</p>
      {wrong !== null && (
        <p class="note note--wrong" role="alert">
          <Icon of="alert" />
          <span class="note__body">{wrong}</span>
        </p>
      )}
      {others.length > 0 && (
        <Pick
          id="thay-bang"
          label={say('withdraw.next')}
          value={next}
          options={[
            ['', say('withdraw.next.none')],
            ...others.map((one) => [one.code, [groups(one.code), one.campaign ?? titled(one)].join(', ')] as const),
          ]}
          set={setNext}
        />
      )}
    </Sheet>
  )
}
