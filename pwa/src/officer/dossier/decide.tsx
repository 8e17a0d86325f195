/** The decision card (quyết định): the moves that may be made now, one form at a time. */
import { useState } from 'preact/hooks'

import type { Definition } from '../../form/definition.ts'
import { useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import * as format from '../../words/format.ts'
import { say as sayDesk } from '../../words/desk.ts'
import { say } from '../../words/officer.ts'
import { language } from '../../words/say.ts'
import type { Full, Verb } from '../shapes.ts'
import { AskForm, nameIn } from './ask-form.tsx'
import type { Asking } from './asking.ts'
import { faultAt, typedAs, useDeciding } from './deciding.ts'
import { focusSoon, Refused, Sheet, TextArea } from './form.tsx'
import { askedByOfficer, movesAt, owes } from './moves.ts'

export const DECISION = 'quyet-dinh'

interface Props {
  full: Full
  definition: Definition | null
  open: Verb | null
  setOpen: (verb: Verb | null) => void
  /** Another form of the page is open, and has the main button. */
  quiet: boolean
  asking: Asking
  setAsking: (asking: Asking) => void
  /** After a decision, with the words that tell of it. */
  done: (full: Full, words: string) => void
  reload: () => void
}

const ICON: Readonly<Record<Verb, Shape>> = {
  accept: 'check',
  decline: 'minus',
  request_supplement: 'pen',
  stop: 'minus',
  finish: 'door',
  return: 'door',
}

export function Decide(props: Props) {
  const { open } = props
  return (
    <section class="card stack dossier__decide" aria-labelledby={DECISION}>
      <h2 id={DECISION} tabindex={-1}>
        {say('decide.title')}
      </h2>
      {open === null ? <Moves {...props} /> : open === 'request_supplement' ? <Ask {...props} /> : <Move key={open} {...props} verb={open} />}
      {open === null && <Asked {...props} />}
    </section>
  )
}

function Moves({ full, setOpen, quiet }: Props) {
  const { main, others } = movesAt(full)
  const waits = full.supplements.find((one) => one.answered_at === null && one.until !== null)
  if (!full.decided_here) return <Elsewhere full={full} />
  if (full.state === 'supplement_requested' && waits?.until)
    return (
      <p class="small">
        {say('decide.waiting', { moment: format.moment(waits.until) })} {clockSaid(full)}
      </p>
    )
  if (main === null) return <p class="small quiet">{say('decide.none')}</p>
  return (
    <div class="stack--tight">
      <button class={quiet ? 'btn' : 'btn btn--main'} type="button" onClick={() => setOpen(main)}>
        <Icon of={ICON[main]} />
        {say(`${main}.do`)}
      </button>
      {others.map((verb) => (
        <button key={verb} class="btn" type="button" onClick={() => setOpen(verb)}>
          <Icon of={ICON[verb]} />
          {say(`${verb}.do`)}
        </button>
      ))}
    </div>
  )
}

/** Where the one-stop system decides, the moves are shown and not offered. */
function Elsewhere({ full }: { full: Full }) {
  const { main, others } = movesAt(full)
  const could = main === null ? [] : [main, ...others]
  return (
    <div class="stack--tight">
      <p class="small">{say('decide.elsewhere')}</p>
      {could.length > 0 && (
        <>
          <p class="small">{say('decide.could')}</p>
          <ul class="bullets small">
            {could.map((verb) => (
              <li key={verb}>{say(`${verb}.do`)}</li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

/** Time stands still only where it had begun; where there is no deadline nothing is said of it. */
function clockSaid({ accepted_at, due_at, expected_at }: Full): string | null {
  if (due_at !== null) return say('decide.waiting.paused')
  return accepted_at === null && expected_at !== null ? say('decide.waiting.before') : null
}

/** What was asked for, in the words that the citizen reads. */
function Asked({ full, definition }: Pick<Props, 'full' | 'definition'>) {
  const asked = askedByOfficer(full)
  if (asked === undefined) return null
  return (
    <div class="stack--tight">
      <p class="small quiet">{say('decide.asked', { moment: format.moment(asked.asked_at) })}</p>
      <ul class="bullets small">
        {asked.items.map((item) => (
          <li key={item.paper ?? item.field}>
            <b>{nameIn(definition, item)}</b>: <q lang="vi">{item.words}</q>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Ask({ full, definition, asking, setAsking, setOpen, done, reload }: Props) {
  const deciding = useDeciding(full)
  return (
    <AskForm
      definition={definition}
      asking={asking}
      set={setAsking}
      deciding={deciding}
      done={(after) => done(after, say('request_supplement.done'))}
      cancel={() => close(setOpen)}
      reload={() => {
        deciding.clear()
        reload()
      }}
    />
  )
}

function close(setOpen: Props['setOpen']): void {
  setOpen(null)
  focusSoon(DECISION)
}

/** Which words a decision takes: a reason that the citizen reads, or a note for the office. */
function reasonOf(verb: Verb, full: Full): 'reason' | 'note' {
  if (verb === 'decline' || verb === 'stop') return 'reason'
  return verb === 'accept' && owes(full) ? 'reason' : 'note'
}

/** The decision at which somebody who must come in person is there. */
const COMES_FOR: { readonly [verb in Verb]?: string } = { accept: 'submit', return: 'result' }

function Move({ full, verb, setOpen, done, reload }: Props & { verb: Exclude<Verb, 'request_supplement'> }) {
  const [words, setWords] = useTyped(typedAs(full.code, verb), '')
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const deciding = useDeciding(full)
  const kind = reasonOf(verb, full)
  const unpaid = verb === 'accept' && kind === 'reason'
  const refused = faultAt(deciding.refusal?.faults ?? [], `/${kind}`)

  async function send(): Promise<void> {
    const said = words.trim()
    const missing = kind === 'reason' && said === ''
    setWrong(missing ? say('form.reason.empty') : undefined)
    if (missing) return focusSoon('ly-do')
    const answered = await deciding.act(verb, said === '' ? {} : { [kind]: said })
    if (answered !== null) done(answered, say(`${verb}.done`))
  }

  return (
    <Sheet
      title={say(`${verb}.do`)}
      send={say(`${verb}.do`)}
      warn={verb === 'decline' || verb === 'stop'}
      busy={deciding.busy}
      submit={() => void send()}
      cancel={() => close(setOpen)}
    >
      <p class="small">
        {say(`${verb}.more`)}
        {verb === 'accept' && full.expected_at !== null && (
          <> {say('accept.expected', { moment: format.moment(full.expected_at) })}</>
        )}
      </p>
      {verb === 'accept' && full.visit !== null && Date.parse(full.visit.begins) > Date.now() && <Awaited visit={full.visit} />}
      {full.presence
        .filter(({ step }) => step === COMES_FOR[verb])
        .map(({ text }) => (
          <p key={text} class="note note--wait small">
            <Icon of="people" />
            <span class="note__body">{text}</span>
          </p>
        ))}
      {(unpaid || (verb === 'return' && owes(full))) && (
        <p class="note note--wait small">
          <Icon of="money" />
          <span class="note__body">{say(unpaid ? 'accept.unpaid' : 'return.unpaid')}</span>
        </p>
      )}
      <Refused
        refusal={deciding.refusal}
        reload={() => {
          deciding.clear()
          reload()
        }}
      />
      <TextArea
        id="ly-do"
        label={say(unpaid ? 'accept.reason' : `form.${kind}`)}
        value={words}
        set={setWords}
        wrong={wrong ?? refused}
        required={kind === 'reason'}
        rows={kind === 'reason' ? 4 : 2}
      />
    </Sheet>
  )
}

/** The time counts from a visit that is yet to come: nobody has shown the papers so far. */
function Awaited({ visit: { begins, session, session_en: english } }: { visit: NonNullable<Full['visit']> }) {
  const part = language() === 'en' ? english : session
  const day = format.day(begins)
  return (
    <p class="note note--wait small">
      <Icon of="clock" />
      <span class="note__body">{sayDesk('desk.awaited', { day: part === null ? day : `${day} (${part.toLowerCase()})` })}</span>
    </p>
  )
}
