/** Looking at an exemption (xét miễn phí): the group, what was seen, and the outcome. */
import { useState } from 'preact/hooks'

import type { Obligation } from '../../api/schema.ts'
import type { Exemption } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Choices } from '../../parts/choice/choices.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { say } from '../../words/exempt.ts'
import * as format from '../../words/format.ts'
import type { Full } from '../shapes.ts'
import { newAsking } from './asking.ts'
import { faultAt, typedAs, useDeciding } from './deciding.ts'
import { bodyOf, claimedGroup, missingIn, MOST_EVIDENCE, stepsAt, type Exempting, type Missing } from './exempting.ts'
import { focusSoon, Refused, Sheet, TextArea } from './form.tsx'
import { Until } from './until.tsx'

interface Props {
  full: Full
  obligation: Obligation
  groups: readonly Exemption[]
  done: (full: Full, words: string) => void
  cancel: () => void
  reload: () => void
}

/** The first box of each part. */
const BOX: Readonly<Record<Missing, string>> = {
  group: 'dien-0',
  evidence: 'giay-da-xem',
  step: 'ket-qua-0',
  until: 'han-tra-day',
}

export function ExemptForm({ full, obligation, groups, done, cancel, reload }: Props) {
  const [look, setLook] = useTyped<Exempting>(typedAs(full.code, 'exemption'), {
    group: claimedGroup(full.exemption_claim, groups),
    evidence: '',
    step: null,
    until: newAsking(today()).until,
  })
  const [checked, setChecked] = useState(false)
  const deciding = useDeciding(full)
  const steps = stepsAt(obligation.state)
  const step = look.step !== null && steps.includes(look.step) ? look.step : null
  const looked = { ...look, step }
  const missing = missingIn(looked, today())
  const wrong = (part: Missing): string | undefined => {
    if (checked && missing.includes(part)) return say(part === 'until' ? 'exempt.until.wrong' : `exempt.${part}.empty`)
    const pointer = { evidence: '/reason', until: '/until', step: '/step', group: '/group' }[part]
    return faultAt(deciding.refusal?.faults ?? [], pointer)
  }

  async function send(): Promise<void> {
    setChecked(true)
    if (missing[0] !== undefined) return focusSoon(BOX[missing[0]])
    const answered = await deciding.act('exemption', bodyOf(looked, groups))
    if (answered !== null && step !== null) done(answered, say(`exempt.${step}.done`))
  }

  return (
    <Sheet
      title={say('exempt.do')}
      send={say(step === null ? 'exempt.send' : `exempt.${step}.send`)}
      busy={deciding.busy}
      submit={() => void send()}
      cancel={cancel}
    >
      <p class="small">
        {say('exempt.more')} {say('exempt.less')}
      </p>
      {obligation.paid > 0 && <p class="small">{say('exempt.paid', { amount: format.money(obligation.paid) })}</p>}
      <Refused
        refusal={deciding.refusal}
        reload={() => {
          deciding.clear()
          reload()
        }}
      />
      <Choices
        id="dien"
        label={say('exempt.group')}
        wrong={wrong('group')}
        chosen={look.group}
        choose={(group) => setLook({ ...look, group })}
        choices={groups.map(({ id, words, evidence }) => ({
          id,
          words,
          more: evidence ? say('exempt.shows', { paper: evidence }) : null,
        }))}
      />
      <TextArea
        id={BOX.evidence}
        label={say('exempt.evidence')}
        hint={say('exempt.evidence.hint')}
        value={look.evidence}
        set={(evidence) => setLook({ ...look, evidence })}
        wrong={wrong('evidence')}
        most={MOST_EVIDENCE}
      />
      <Choices
        id="ket-qua"
        label={say('exempt.step')}
        wrong={wrong('step')}
        chosen={step}
        choose={(next) => setLook({ ...look, step: next })}
        choices={steps.map((id) => ({ id, words: say(`exempt.${id}`), more: say(`exempt.${id}.more`) }))}
      />
      {step === 'refuse' && (
        <Until
          id="han-tra"
          label={say('exempt.until')}
          hint={say('exempt.until.hint')}
          until={look.until}
          set={(until) => setLook({ ...look, until })}
          wrong={wrong('until')}
        />
      )}
    </Sheet>
  )
}
