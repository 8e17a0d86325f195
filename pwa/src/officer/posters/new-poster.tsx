/** The form of a new poster (tờ dán): which procedure, and where it will hang. */
import { useState } from 'preact/hooks'

import type { Listed } from '../../api/schema.ts'
import { ask, type Me } from '../../parts/desk/session.ts'
import { useTyped } from '../../parts/desk/typed.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/officer.ts'
import { language } from '../../words/say.ts'
import { TextBox } from '../dossier/form.tsx'
import type { Poster } from '../shapes.ts'
import { POSTERS } from './poster.ts'

interface Wanted {
  unit: string
  procedure: string
  campaign: string
}

interface Props {
  me: Me
  procedures: readonly Listed[]
  made: (poster: Poster) => void
}

export function NewPoster({ me, procedures, made }: Props) {
  const [wanted, setWanted] = useTyped<Wanted>('poster', { unit: me.units[0] ?? '', procedure: '', campaign: '' })
  const [wrong, setWrong] = useState<{ procedure?: string; all?: string }>({})
  const [busy, setBusy] = useState(false)

  async function make(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    if (wanted.procedure === '') {
      setWrong({ procedure: say('poster.procedure.empty') })
      document.getElementById('thu-tuc')?.focus()
      return
    }
    const campaign = wanted.campaign.trim()
    const json = { unit: wanted.unit, procedure: wanted.procedure, ...(campaign !== '' && { campaign }) }
    setBusy(true)
    const result = await ask<Poster>(POSTERS, { method: 'POST', json })
    setBusy(false)
    if (result.end === 'answer') {
      setWrong({})
      setWanted({ ...wanted, campaign: '' })
      made(result.body)
    } else {
      const title = result.end === 'refusal' && language() === 'vi' ? result.problem.title : ''
      setWrong({ all: title === '' ? say('poster.refused') : title })
    }
  }

  return (
    <form class="card stack" aria-labelledby="moi" noValidate onSubmit={(event) => void make(event)}>
      <h2 id="moi">{say('poster.new')}</h2>
      {wrong.all !== undefined && (
        <p class="note note--wrong" role="alert">
          <Icon of="alert" />
          <span class="note__body">{wrong.all}</span>
        </p>
      )}
      {me.units.length > 1 && (
        <Pick
          id="don-vi"
          label={say('poster.unit')}
          value={wanted.unit}
          options={me.units.map((unit) => [unit, me.unit_names[unit] ?? unit])}
          set={(unit) => setWanted({ ...wanted, unit })}
        />
      )}
      <Pick
        id="thu-tuc"
        label={say('poster.procedure')}
        value={wanted.procedure}
        options={[['', say('poster.procedure.empty')], ...procedures.map((one) => [one.code, one.title] as const)]}
        set={(procedure) => setWanted({ ...wanted, procedure })}
        wrong={wrong.procedure}
      />
      <TextBox
        id="dot"
        label={say('poster.campaign')}
        hint={say('poster.campaign.hint')}
        value={wanted.campaign}
        set={(campaign) => setWanted({ ...wanted, campaign })}
        required={false}
        most={120}
      />
      <button class="btn btn--main" type="submit" aria-disabled={busy}>
        <Icon of="qr" />
        {say('poster.make')}
      </button>
      <p class="small quiet">{say('poster.private')}</p>
    </form>
  )
}

export interface PickProps {
  id: string
  label: string
  value: string
  options: readonly (readonly [string, string])[]
  set: (value: string) => void
  wrong?: string | undefined
}

export function Pick({ id, label, value, options, set, wrong }: PickProps) {
  return (
    <Frame id={id} label={label} wrong={wrong} required>
      <select
        class={wrong === undefined ? 'field__input' : 'field__input field__input--wrong'}
        id={id}
        value={value}
        {...describedBy({ id, wrong })}
        onChange={(event) => set(event.currentTarget.value)}
      >
        {options.map(([one, words]) => (
          <option key={one} value={one}>
            {words}
          </option>
        ))}
      </select>
    </Frame>
  )
}
