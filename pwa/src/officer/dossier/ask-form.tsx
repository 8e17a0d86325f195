/** The supplement request: places gathered, words for each, the last day. Only once. */
import { useEffect, useState } from 'preact/hooks'

import type { Definition } from '../../form/definition.ts'
import type { SupplementItem } from '../../api/schema.ts'
import { paperName } from '../../form/paper-name.ts'
import { questionName } from '../../form/question-name.ts'
import { today } from '../../form/today.ts'
import '../../parts/field/more.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/officer.ts'
import type { Full } from '../shapes.ts'
import { asksFor, bodyOf, untilFits, withItem, withoutItem, withWords, type AskItem, type Asking } from './asking.ts'
import { faultAt, type Deciding } from './deciding.ts'
import { boxClass, focusSoon, Refused, Sheet, TextArea } from './form.tsx'
import { Until } from './until.tsx'

interface Props {
  definition: Definition | null
  asking: Asking
  set: (asking: Asking) => void
  deciding: Deciding
  done: (full: Full) => void
  cancel: () => void
  reload: () => void
}

export const boxOf = ({ kind, id }: AskItem): string => `bo-sung-${kind}-${id}`

/** What may be asked for: papers that take files, and questions. */
function choices(definition: Definition | null): Record<AskItem['kind'], { id: string; name: string }[]> {
  const papers = definition?.papers.filter((paper) => paper.kind === 'upload') ?? []
  const fields = definition?.steps.flatMap((step) => step.fields) ?? []
  return {
    paper: papers.map(({ id, name }) => ({ id, name: paperName(name).short })),
    field: fields.map(({ id, label }) => ({ id, name: (definition && questionName(definition, id)) ?? label })),
  }
}

/** What people call a place that was asked for. */
export const nameIn = (definition: Definition | null, { paper, field }: SupplementItem): string => {
  const known = choices(definition)
  const [kind, id] = paper ? (['paper', paper] as const) : (['field', field ?? ''] as const)
  return known[kind].find((one) => one.id === id)?.name ?? id
}

export function AskForm({ definition, asking, set, deciding, done, cancel, reload }: Props) {
  const [wrong, setWrong] = useState<Readonly<Record<string, string>>>({})
  const known = choices(definition)
  const nameOf = ({ kind, id }: AskItem): string => nameIn(definition, { [kind]: id, words: '' })
  const refusedAt = (at: number): string | undefined => faultAt(deciding.refusal?.faults ?? [], `/items/${at}/words`)
  useEffect(() => {
    const first = asking.items.find((_, at) => refusedAt(at) !== undefined)
    if (first !== undefined) focusSoon(boxOf(first))
  }, [deciding.refusal])

  function faults(): Record<string, string> {
    const found: Record<string, string> = {}
    if (asking.items.length === 0) found['bo-sung-them'] = say('ask.none')
    for (const item of asking.items)
      if (item.words.trim() === '') found[boxOf(item)] = say('ask.words.empty')
    if (!untilFits(asking.until, today())) found['han-day'] = say('ask.until.wrong')
    return found
  }

  async function send(): Promise<void> {
    const found = faults()
    setWrong(found)
    const [first] = Object.keys(found)
    if (first !== undefined) return focusSoon(first)
    const answered = await deciding.act('request_supplement', bodyOf(asking))
    if (answered !== null) done(answered)
  }

  return (
    <Sheet
      title={say('request_supplement.do')}
      send={say('ask.send')}
      busy={deciding.busy}
      submit={() => void send()}
      cancel={cancel}
    >
      <div class="note note--wait">
        <Icon of="info" />
        <p class="note__body small">
          <b>{say('ask.once')}</b> {say('ask.gather', { count: asking.items.length })}
        </p>
      </div>
      <Refused refusal={deciding.refusal} reload={reload} />
      {asking.items.map((item, at) => (
        <div key={boxOf(item)} class="ask-item">
          <TextArea
            id={boxOf(item)}
            label={nameOf(item)}
            hint={say('ask.words')}
            value={item.words}
            set={(words) => set(withWords(asking, at, words))}
            wrong={wrong[boxOf(item)] ?? refusedAt(at)}
            most={1000}
          />
          <button
            class="link small"
            type="button"
            aria-label={say('ask.remove.of', { name: nameOf(item) })}
            onClick={() => {
              set(withoutItem(asking, at))
              focusSoon('bo-sung-them')
            }}
          >
            <Icon of="bin" size="s" />
            {say('ask.remove')}
          </button>
        </div>
      ))}
      <More known={known} asking={asking} set={set} wrong={wrong['bo-sung-them']} />
      <Until
        id="han"
        label={say('ask.until')}
        hint={say('ask.until.hint')}
        until={asking.until}
        set={(until) => set({ ...asking, until })}
        wrong={wrong['han-day']}
      />
    </Sheet>
  )
}

interface MoreProps {
  known: ReturnType<typeof choices>
  asking: Asking
  set: (asking: Asking) => void
  wrong: string | undefined
}

function More({ known, asking, set, wrong }: MoreProps) {
  function add(value: string): void {
    const [kind, id] = value.split(':')
    if ((kind !== 'paper' && kind !== 'field') || id === undefined) return
    set(withItem(asking, kind, id))
    focusSoon(boxOf({ kind, id, words: '' }))
  }
  return (
    <div class="field">
      <label class="field__label" for="bo-sung-them">
        {say('ask.add')}
      </label>
      {wrong !== undefined && (
        <span class="field__wrong" id="bo-sung-them-wrong">
          <Icon of="alert" />
          <span>{wrong}</span>
        </span>
      )}
      <select
        class={boxClass(wrong)}
        id="bo-sung-them"
        value=""
        aria-describedby={wrong === undefined ? undefined : 'bo-sung-them-wrong'}
        onChange={(event) => {
          add(event.currentTarget.value)
          event.currentTarget.value = ''
        }}
      >
        <option value="">{say('ask.pick')}</option>
        {(['paper', 'field'] as const).map((kind) => (
          <optgroup key={kind} label={say(`ask.${kind}s`)}>
            {known[kind]
              .filter(({ id }) => !asking.items.some(asksFor(kind, id)))
              .map(({ id, name }) => (
                <option key={id} value={`${kind}:${id}`}>
                  {name}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}
