/** Money taken at the counter (thu tại quầy): cash, or a card slip's number; the whole sum. */
import { useState } from 'preact/hooks'

import '../../parts/choice/choice.css'
import { useTyped } from '../../parts/desk/typed.ts'
import { Group } from '../../parts/field/frame.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import type { Full } from '../shapes.ts'
import { faultAt, typedAs, useDeciding } from './deciding.ts'
import { focusSoon, Refused, Sheet, TextBox } from './form.tsx'

interface Props {
  full: Full
  amount: number
  done: (full: Full, words: string) => void
  cancel: () => void
  reload: () => void
}

interface Taken {
  kind: 'cash' | 'pos'
  slip: string
}

const SLIP = 'so-bien-lai'

export function CollectForm({ full, amount, done, cancel, reload }: Props) {
  const [taken, setTaken] = useTyped<Taken>(typedAs(full.code, 'collect'), { kind: 'cash', slip: '' })
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const deciding = useDeciding(full)
  const sum = format.money(amount)
  const refused = faultAt(deciding.refusal?.faults ?? [], '/slip_number')

  async function send(): Promise<void> {
    const slip = taken.slip.trim()
    const missing = taken.kind === 'pos' && slip === ''
    setWrong(missing ? say('collect.slip.empty') : undefined)
    if (missing) return focusSoon(SLIP)
    const body = { kind: taken.kind, amount, ...(taken.kind === 'pos' && { slip_number: slip }) }
    const answered = await deciding.act('collect', body)
    if (answered !== null) done(answered, say('collect.done', { amount: sum }))
  }

  return (
    <Sheet
      title={say('collect.do')}
      send={say('collect.send', { amount: sum })}
      busy={deciding.busy}
      submit={() => void send()}
      cancel={cancel}
    >
      <p class="small">{say('collect.more')}</p>
      <Refused
        refusal={deciding.refusal}
        reload={() => {
          deciding.clear()
          reload()
        }}
      />
      <Group id="thu" label={say('collect.kind')} required>
        <div class="seg">
          {(['cash', 'pos'] as const).map((kind) => (
            <label key={kind} class="choice">
              <input
                class="choice__input"
                type="radio"
                name="thu"
                checked={taken.kind === kind}
                onChange={() => setTaken({ ...taken, kind })}
              />
              <span class="choice__body">
                <b>{say(`collect.${kind}`)}</b>
              </span>
            </label>
          ))}
        </div>
      </Group>
      {taken.kind === 'pos' && (
        <TextBox
          id={SLIP}
          label={say('collect.slip')}
          value={taken.slip}
          set={(slip) => setTaken({ ...taken, slip })}
          wrong={wrong ?? refused}
          most={64}
        />
      )}
    </Sheet>
  )
}
