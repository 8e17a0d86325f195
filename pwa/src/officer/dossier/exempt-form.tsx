/** Looking at an exemption (xét miễn phí): the group, what was seen, and the outcome. */
import { useState } from 'preact/hooks'

import type { Obligation } from '../../api/schema.ts'
import type { Exemption } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Choices } from '../../parts/choice/choices.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { say } from '../../words/officer-exempt.ts'
import * as format from '../../words/format.ts'
import type { Full } from '../shapes.ts'
import { newAsking } from './asking.ts'
import { faultAt, typedAs, useDeciding } from './deciding.ts'
import { bodyOf, isPaid, missingIn, MOST_EVIDENCE, MOST_TOLD, stepsAt, type Exempting, type Missing } from './exempting.ts'
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
  told: 'loi-cho-nguoi-nop',
}

/** The group that the citizen named, where the procedure has it. */
const claimed = ({ exemption_claim: claim }: Full, groups: readonly Exemption[]): string | null =>
  groups.find(({ id }) => id === claim?.group)?.id ?? null

export function ExemptForm({ full, obligation, groups, done, cancel, reload }: Props) {
  const [look, setLook] = useTyped<Exempting>(typedAs(full.code, 'exemption'), {
    group: null,
    evidence: '',
    told: '',
    step: null,
    until: newAsking(today()).until,
  })
  const [checked, setChecked] = useState(false)
  const deciding = useDeciding(full)
  const paid = isPaid(obligation.state)
  const steps = stepsAt(obligation.state, full.exemption_claim !== null)
  const [only] = steps.length === 1 ? steps : []
  const step = only ?? steps.find((one) => one === look.step) ?? null
  /** Until the officer chooses, the group is the one claimed last. */
  const looked = { ...look, step, group: look.group ?? claimed(full, groups) }
  const missing = missingIn(looked, today(), paid)
  const faults = deciding.refusal?.faults ?? []
  const wrong = (part: Missing): string | undefined => {
    if (checked && missing.includes(part)) return say(part === 'until' ? 'exempt.until.wrong' : `exempt.${part}.empty`)
    const pointer = { evidence: '/reason', until: '/until', step: '/step', group: '/group', told: '/told' }[part]
    return faultAt(faults, pointer)
  }

  async function send(): Promise<void> {
    setChecked(true)
    if (missing[0] !== undefined) return focusSoon(BOX[missing[0]])
    const answered = await deciding.act('exemption', bodyOf(looked, groups, paid))
    if (answered !== null && step !== null) done(answered, say(paid && step === 'refuse' ? 'exempt.kept.done' : `exempt.${step}.done`))
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
        {say('exempt.more')} {obligation.paid === 0 && say('exempt.less')}
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
        chosen={looked.group}
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
      {only === undefined ? (
        <Choices
          id="ket-qua"
          label={say('exempt.step')}
          wrong={wrong('step')}
          chosen={step}
          choose={(next) => setLook({ ...look, step: next })}
          choices={steps.map((id) => ({ id, words: say(`exempt.${id}`), more: say(paid && id === 'refuse' ? 'exempt.kept.more' : `exempt.${id}.more`) }))}
        />
      ) : (
        <p class="small">{say(`exempt.${only}.more`)}</p>
      )}
      {step === 'refuse' && !paid && <LastDay look={look} setLook={setLook} wrong={wrong('until')} />}
      {step === 'refuse' && <Told look={look} setLook={setLook} wrong={wrong('told')} required={paid} />}
    </Sheet>
  )
}

interface RefusingProps {
  look: Exempting
  setLook: (look: Exempting) => void
  wrong: string | undefined
}

/** Refused, the fee is to be paid by a day. */
function LastDay({ look, setLook, wrong }: RefusingProps) {
  return (
    <Until
      id="han-tra"
      label={say('exempt.until')}
      hint={say('exempt.until.hint')}
      until={look.until}
      set={(until) => setLook({ ...look, until })}
      wrong={wrong}
    />
  )
}

/** A sentence that says why to who pays, or paid. */
function Told({ look, setLook, wrong, required }: RefusingProps & { required: boolean }) {
  return (
    <TextArea
      id={BOX.told}
      label={say('exempt.told')}
      hint={say('exempt.told.hint')}
      value={look.told}
      set={(told) => setLook({ ...look, told })}
      wrong={wrong}
      required={required}
      rows={2}
      most={MOST_TOLD}
    />
  )
}
