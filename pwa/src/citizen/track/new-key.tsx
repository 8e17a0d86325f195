/** A lost key (mất khóa): a one-time code to the dossier's phone opens it on this device. */
import { useState } from 'preact/hooks'

import { call, type Lost, type Refusal } from '../../api/client.ts'
import type { Tracked } from '../../api/schema.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { unhappy } from '../refused.ts'

export interface NewKeyProps {
  code: string
  digits: string
  /** How the one-time code comes; null where none can come. */
  by: Tracked['code_by']
}

export function NewKey({ code, digits, by }: NewKeyProps) {
  const [asked, setAsked] = useState(false)
  const [typed, setTyped] = useState('')
  const [failed, setFailed] = useState<Refusal | Lost | null>(null)

  async function ask(): Promise<void> {
    const json = { code, phone_last4: digits }
    const result = await call('/api/v1/keys', { method: 'POST', json })
    setFailed(result.end === 'answer' ? null : result)
    if (result.end !== 'answer') return
    setTyped('')
    setAsked(true)
  }

  async function confirm(event: Event): Promise<void> {
    event.preventDefault()
    const json = { code, one_time_code: typed.replace(/\s/g, '') }
    const result = await call<{ id: string; key: string }>('/api/v1/keys/confirm', {
      method: 'POST',
      json,
    })
    if (result.end === 'answer') go(`/h#${result.body.id}.${result.body.key}`)
    else setFailed(result)
  }

  const wrong = failed === null ? undefined : unhappy(failed)
  const log = by === 'log'
  const hint = `${say(log ? 'key.hint.log' : 'key.hint')} ${say('key.ends')}`
  const frame = { id: 'otp', label: say(log ? 'key.code.log' : 'key.code'), hint, required: true, wrong }
  if (by === null) return <p class="small quiet">{say('key.none')}</p>
  if (!asked)
    return (
      <div class="stack--tight">
        <button class="btn" type="button" onClick={() => void ask()}>
          <Icon of="lock" />
          {say('key.ask')}
        </button>
        {wrong !== undefined && (
          <p class="field__wrong" role="alert">
            <Icon of="alert" />
            <span>{wrong}</span>
          </p>
        )}
      </div>
    )
  return (
    <form class="card stack" noValidate onSubmit={(event) => void confirm(event)}>
      <Frame {...frame}>
        <input
          class={wrong === undefined ? 'field__input' : 'field__input field__input--wrong'}
          id="otp"
          inputMode="numeric"
          autocomplete="one-time-code"
          value={typed}
          {...describedBy(frame)}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </Frame>
      <button class="btn btn--main" type="submit">
        {say('key.open')}
      </button>
      <button class="link" type="button" onClick={() => void ask()}>
        <Icon of="again" />
        {say('key.again')}
      </button>
    </form>
  )
}
