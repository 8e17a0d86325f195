/** Taking a dossier back (rút hồ sơ), with the reason in the person's words. */
import { useState } from 'preact/hooks'

import { call, type Lost, type Refusal } from '../../api/client.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { refresh } from '../../drafts/status.ts'
import type { Definition } from '../../form/definition.ts'
import { hides } from '../../form/kinds/texts.ts'
import { tidy } from '../../form/text.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { describedBy } from '../../parts/field/described.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Summary } from '../../parts/summary/summary.tsx'
import { say as sayAfter } from '../../words/after.ts'
import { unhappy } from '../refused.ts'
import { way } from '../ways.ts'
import { placeOf } from './standing.ts'

export function Withdraw({ dossier }: { dossier: Dossier; definition: Definition }) {
  const [reason, setReason] = useState('')
  const [end, setEnd] = useState<Refusal | Lost | 'missing' | 'hidden' | null>(null)
  const [round, setRound] = useState(0)

  async function withdraw(event: Event): Promise<void> {
    event.preventDefault()
    setRound((count) => count + 1)
    if (tidy(reason) === '') return setEnd('missing')
    if (hides(tidy(reason), true)) return setEnd('hidden')
    const path = `/api/v1/dossiers/${dossier.id}/withdraw`
    const result = await call(path, { method: 'POST', key: dossier.key, json: { reason: tidy(reason) } })
    if (result.end !== 'answer') setEnd(result)
    else {
      await refresh(dossier)
      go(way.follow(dossier.id), 'replace')
    }
  }

  const wrong = end === null ? null : typeof end === 'string' ? sayAfter(`withdraw.${end}`) : unhappy(end)
  const frame = { id: 'ly-do', label: sayAfter('withdraw.reason'), hint: sayAfter('withdraw.hint'), required: true, wrong: wrong ?? undefined }
  return (
    <Page title={sayAfter('withdraw.title')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <form class="stack--wide" noValidate onSubmit={(event) => void withdraw(event)}>
        <Summary places={wrong === null ? [] : [{ at: 'ly-do', words: wrong }]} round={round} />
        <div class="stack--tight">
          <h1>{sayAfter('withdraw.title')}</h1>
          <p>{sayAfter('withdraw.more')}</p>
        </div>
        <Frame {...frame}>
          <textarea
            id="ly-do"
            class={wrong === null ? 'field__input' : 'field__input field__input--wrong'}
            maxLength={1000}
            value={reason}
            {...describedBy(frame)}
            onInput={(event) => setReason(event.currentTarget.value)}
          />
        </Frame>
        <div class="stack--tight">
          <button class="btn btn--warn" type="submit">
            {sayAfter('withdraw.yes')}
          </button>
          <p>
            <a class="link" href={way.follow(dossier.id)}>
              <Icon of="back" />
              {sayAfter('withdraw.no')}
            </a>
          </p>
        </div>
      </form>
    </Page>
  )
}
