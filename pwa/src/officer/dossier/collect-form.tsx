/** Money taken at the counter (thu tại quầy): cash, or a card slip by its terminal; the whole sum. */
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

const TERMINAL = 'ma-may-pos'
const SLIP = 'so-bien-lai'

export function CollectForm({ full, amount, done, cancel, reload }: Props) {
  const [taken, setTaken] = useTyped<Taken>(typedAs(full.code, 'collect'), { kind: 'cash', slip: '' })
  const [terminal, setTerminal] = useTyped('pos.terminal', '')
  const [checked, setChecked] = useState(false)
  const deciding = useDeciding(full)
  const sum = format.money(amount)
  const slip = { terminal: terminal.trim(), slip_number: taken.slip.trim() }
  const refused = (at: keyof typeof slip): string | undefined => faultAt(deciding.refusal?.faults ?? [], `/${at}`)
  const missing = (at: keyof typeof slip): boolean => checked && slip[at] === ''

  async function send(): Promise<void> {
    setChecked(true)
    if (taken.kind === 'pos' && slip.terminal === '') return focusSoon(TERMINAL)
    if (taken.kind === 'pos' && slip.slip_number === '') return focusSoon(SLIP)
    const answered = await deciding.act('collect', { kind: taken.kind, amount, ...(taken.kind === 'pos' && slip) })
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
        <>
          <TextBox
            id={TERMINAL}
            label={say('collect.terminal')}
            hint={say('collect.terminal.hint')}
            value={terminal}
            set={setTerminal}
            wrong={missing('terminal') ? say('collect.terminal.empty') : refused('terminal')}
            most={32}
          />
          <TextBox
            id={SLIP}
            label={say('collect.slip')}
            value={taken.slip}
            set={(number) => setTaken({ ...taken, slip: number })}
            wrong={missing('slip_number') ? say('collect.slip.empty') : refused('slip_number')}
            most={64}
          />
        </>
      )}
    </Sheet>
  )
}
