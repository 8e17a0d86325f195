/** Setting a fee that was not known (báo phí), line by line, each with its basis. */
import { useState } from 'preact/hooks'

import type { Obligation } from '../../api/schema.ts'
import { useTyped } from '../../parts/desk/typed.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say as sayMoney } from '../../words/officer-money.ts'
import { say } from '../../words/officer.ts'
import type { Full } from '../shapes.ts'
import { faultAt, typedAs, useDeciding } from './deciding.ts'
import { focusSoon, Refused, Sheet, TextArea, TextBox } from './form.tsx'
import { emptyLine, linesFrom, missingIn, quoteBody, sumFault, sumOf, type Missing, type QuoteLine } from './quoting.ts'

interface Props {
  full: Full
  obligation: Obligation
  done: (full: Full, words: string) => void
  cancel: () => void
  reload: () => void
}

const WRONG = {
  name: 'quote.name.empty',
  quantity: 'quote.quantity.wrong',
  unit: 'quote.unit.wrong',
  law: 'quote.law.empty',
} as const

const REASON = 'ly-do-sua-phi'

const boxId = (line: QuoteLine, part: Missing): string => `khoan-${line.row}-${part}`

export function QuoteForm({ full, obligation, done, cancel, reload }: Props) {
  const verb = obligation.paid > 0 ? 'restate' : 'quote'
  const [lines, setLines] = useTyped<readonly QuoteLine[]>(typedAs(full.code, verb), linesFrom(full.changed?.fee?.lines ?? obligation.lines))
  const [reason, setReason] = useState('')
  const [checked, setChecked] = useState(false)
  const deciding = useDeciding(full)
  const sum = format.money(sumOf(lines))

  async function send(): Promise<void> {
    setChecked(true)
    const wrong = lines.flatMap((line) => missingIn(line).map((part) => boxId(line, part)))
    if (wrong[0] !== undefined) return focusSoon(wrong[0])
    if (verb === 'restate' && reason.trim() === '') return focusSoon(REASON)
    const answered = await deciding.act(verb, { ...quoteBody(lines), ...(verb === 'restate' && { reason: reason.trim() }) })
    if (answered !== null) done(answered, say('quote.done', { amount: sum }))
  }

  function add(): void {
    const line = emptyLine(Math.max(0, ...lines.map(({ row }) => row)) + 1)
    setLines([...lines, line])
    focusSoon(boxId(line, 'name'))
  }

  return (
    <Sheet
      title={say(obligation.state === 'unquoted' ? 'quote.do' : 'quote.again')}
      send={lines.some((line) => missingIn(line).includes('unit')) ? say('quote.do') : say('quote.send', { amount: sum })}
      busy={deciding.busy}
      submit={() => void send()}
      cancel={cancel}
    >
      <p class="small">{say('quote.more')}</p>
      <Refused
        refusal={deciding.refusal}
        reload={() => {
          deciding.clear()
          reload()
        }}
      />
      {lines.map((line, at) => (
        <Line
          key={line.row}
          line={line}
          number={at + 1}
          wrong={checked ? missingIn(line) : []}
          set={(next) => setLines(lines.map((one) => (one.row === line.row ? next : one)))}
          remove={lines.length > 1 ? () => setLines(lines.filter((one) => one.row !== line.row)) : null}
        />
      ))}
      <button class="link" type="button" onClick={add}>
        <Icon of="plus" />
        {say('quote.add')}
      </button>
      {verb === 'restate' && (
        <TextArea
          id={REASON}
          label={sayMoney('quote.reason')}
          value={reason}
          set={setReason}
          wrong={checked && reason.trim() === '' ? sayMoney('quote.reason.empty') : faultAt(deciding.refusal?.faults ?? [], '/reason')}
          rows={2}
          most={300}
        />
      )}
    </Sheet>
  )
}

interface LineProps {
  line: QuoteLine
  number: number
  wrong: readonly Missing[]
  set: (line: QuoteLine) => void
  remove: (() => void) | null
}

function Line({ line, number, wrong, set, remove }: LineProps) {
  const wrongAt = (part: Missing): string | undefined => {
    if (!wrong.includes(part)) return undefined
    return part === 'unit' && sumFault(line.unit) === 'big' ? sayMoney('shift.sum.big') : say(WRONG[part])
  }
  return (
    <fieldset class="ask-item stack">
      <legend class="side side--mid side--ends">
        {say('quote.line', { number })}
        {remove !== null && (
          <button class="link small" type="button" aria-label={say('quote.remove', { number })} onClick={remove}>
            <Icon of="bin" size="s" />
            {say('quote.drop')}
          </button>
        )}
      </legend>
      <TextArea id={boxId(line, 'name')} label={say('quote.name')} value={line.name} set={(name) => set({ ...line, name })} wrong={wrongAt('name')} rows={2} most={200} />
      <Frame id={`khoan-${line.row}-loai`} label={say('quote.kind')} required>
        <select
          class="field__input"
          id={`khoan-${line.row}-loai`}
          value={line.kind}
          onChange={(event) => set({ ...line, kind: event.currentTarget.value === 'phi' ? 'phi' : 'le_phi' })}
        >
          <option value="phi">{say('quote.kind.phi')}</option>
          <option value="le_phi">{say('quote.kind.le_phi')}</option>
        </select>
      </Frame>
      <div class="pair">
        <TextBox id={boxId(line, 'quantity')} label={say('quote.quantity')} value={line.quantity} set={(quantity) => set({ ...line, quantity })} wrong={wrongAt('quantity')} most={5} numeric />
        <TextBox id={boxId(line, 'unit')} label={say('quote.unit')} value={line.unit} set={(unit) => set({ ...line, unit })} wrong={wrongAt('unit')} most={30} numeric />
      </div>
      <TextArea id={boxId(line, 'law')} label={say('quote.law')} hint={say('quote.law.hint')} value={line.law} set={(law) => set({ ...line, law })} wrong={wrongAt('law')} rows={2} most={300} />
    </fieldset>
  )
}
