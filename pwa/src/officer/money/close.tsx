/** One daily close (bảng đối soát): what differs first, what matches folded, and the signature. */
import { useState } from 'preact/hooks'

import '../../parts/facts/answer.css'
import '../../parts/facts/facts.css'
import '../../parts/note/note.css'
import type { Me } from '../../parts/desk/session.ts'
import { Tag, type Tone } from '../../parts/desk/tag.tsx'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { faultAt } from '../dossier/deciding.ts'
import { focusSoon, TextArea } from '../dossier/form.tsx'
import type { CloseLine, DailyClose, Verdict } from '../shapes.ts'
import { adapterName } from '../signs.tsx'
import { way } from '../ways.ts'
import { CLOSES, useActing, type Acting } from './acting.ts'
import { differenceWords, differing, Outcome } from './closes.tsx'
import { OpenedPage, type Opened } from './opened.tsx'
import { Done, Fact, isOwn, Refused, whoIs } from './signs.tsx'

const SIGN = 'ky'
const NOTE = 'ghi-chu'

/** The file gave no reference for it. */
const isNameless = ({ txn }: CloseLine): boolean => txn === ''

export function ClosePage({ id, me }: { id: string; me: Me }) {
  return (
    <OpenedPage<DailyClose>
      path={`${CLOSES}/${encodeURIComponent(id)}`}
      me={me}
      list={{ at: way.closes, back: say('back.closes'), title: say('closes.title') }}
      titleOf={({ day }) => say('close.of', { day: format.partialDate(day) })}
      gone={say('close.gone')}
      whole={Whole}
    />
  )
}

function Whole({ one, put, again, me }: Opened<DailyClose>) {
  const [done, setDone] = useState(false)
  const acting = useActing<DailyClose>(`${CLOSES}/${one.close}`, null, again)

  function signed(close: DailyClose): void {
    put(close)
    setDone(true)
    focusSoon(SIGN)
  }

  return (
    <div class="room">
      <div class="cols cols--side">
        <div class="stack">
          <Facts one={one} />
          <Differences one={one} />
          <Foreign one={one} />
          <Matched lines={one.lines.filter(({ verdict }) => verdict === 'matched')} />
        </div>
        <section class="card stack" aria-labelledby={SIGN}>
          <h2 id={SIGN} tabindex={-1}>
            {say('sign.title')}
          </h2>
          <Done words={done ? say('sign.done') : null} />
          <Refused refusal={acting.refusal} again={again} />
          {one.signed_by === null ? <Signing one={one} me={me} acting={acting} signed={signed} /> : <Signed one={one} />}
          <div class="stack--tight">
            <button class="btn" type="button" onClick={() => print()}>
              <Icon of="print" />
              {say('print')}
            </button>
            <a class="btn btn--plain" href={way.closes}>
              {say('to.closes')}
            </a>
          </div>
        </section>
      </div>
    </div>
  )
}

/** What one side says came in all; what was taken back counts against it. */
const sumOf = (lines: readonly CloseLine[], side: 'ours' | 'theirs'): number =>
  lines.reduce((sum, line) => sum + (line.kind === 'payment' ? 1 : -1) * (line[side] ?? 0), 0)

function Facts({ one }: { one: DailyClose }) {
  return (
    <section class="card stack--tight" aria-labelledby="bang">
      <div class="card__head">
        <h2 id="bang">{say('close.facts')}</h2>
        <Outcome close={one} />
      </div>
      <dl class="rows">
        <Fact name={say('close.source')}>{adapterName(one.adapter)}</Fact>
        <Fact name={say('close.unit')}>
          <span lang="vi">{one.unit_name}</span>
        </Fact>
        <Fact name={say('close.made')}>
          {say('shift.by', { who: whoIs(one.uploaded_by, one.names, one.titles), moment: format.moment(one.uploaded_at) })}
        </Fact>
        <Fact name={say('close.theirs')}>
          <span class="num">{format.money(sumOf(one.lines, 'theirs'))}</span>
        </Fact>
        <Fact name={say('close.ours')}>
          <span class="num">{format.money(sumOf(one.lines, 'ours'))}</span>
        </Fact>
        <Fact name={say('close.difference')}>
          <span class="num">{differenceWords(one.difference)}</span>
        </Fact>
      </dl>
    </section>
  )
}

const TONE: Readonly<Record<Verdict, Tone>> = {
  matched: 'safe',
  missing_with_us: 'wait',
  missing_with_them: 'late',
  amount_differs: 'late',
}

/** What asks a person for most stands first. */
const ORDER: readonly Exclude<Verdict, 'matched'>[] = ['amount_differs', 'missing_with_them', 'missing_with_us']

function Differences({ one }: { one: DailyClose }) {
  return (
    <section class="card stack" aria-labelledby="lech">
      <h2 id="lech">{say('close.lines')}</h2>
      {differing(one) === 0 && <p>{say(one.lines.length === 0 ? 'close.lines.empty' : 'close.lines.none')}</p>}
      {ORDER.filter((verdict) => one.counts[verdict] > 0).map((verdict) => (
        <div key={verdict} class="stack--tight">
          <h3>
            {say(`verdict.${verdict}`)} ({one.counts[verdict]})
          </h3>
          <p class="small">{say(`verdict.${verdict}.more`)}</p>
          {verdict === 'missing_with_us' && (
            <>
              <p class="small">{say('close.again')}</p>
              {one.lines.some(isNameless) && <p class="small">{say('close.nameless.more')}</p>}
              <a class="link" href={way.money}>
                {say('back.money')}
              </a>
            </>
          )}
          <Lines lines={one.lines.filter((line) => line.verdict === verdict)} />
        </div>
      ))}
    </section>
  )
}

/** Told by the bank, and of nobody here: the ward reads so, and what to do. */
function Foreign({ one: { foreign } }: { one: DailyClose }) {
  if (foreign.length === 0) return null
  return (
    <section class="card stack--tight" aria-labelledby="khong-phai">
      <h2 id="khong-phai">{say('foreign.day')}</h2>
      <p class="small">{say('foreign.day.more')}</p>
      <ul class="rows">
        {foreign.map(({ account, count, amount }) => (
          <li key={account} class="row row--top">
            <div class="row__text">
              <b class="mono table__memo">{account}</b>
              <span class="num">{say('foreign.sum', { count, amount: format.money(amount) })}</span>
            </div>
          </li>
        ))}
      </ul>
      <a class="link" href={way.money}>
        {say('back.money')}
      </a>
    </section>
  )
}

function Matched({ lines }: { lines: readonly CloseLine[] }) {
  if (lines.length === 0) return null
  return (
    <details class="more card">
      <summary>
        <Icon of="next" />
        {say('close.matched', { count: lines.length })}
      </summary>
      <div class="more__body">
        <Lines lines={lines} />
      </div>
    </details>
  )
}

function Lines({ lines }: { lines: readonly CloseLine[] }) {
  const side = (amount: number | null): string => (amount === null ? say('close.nothing') : format.money(amount))
  return (
    <ul class="rows">
      {lines.map((line, at) => (
        <li key={at} class="row row--top row--sides">
          <div class="row__text">
            {isNameless(line) ? <b>{say('close.nameless')}</b> : <b class="mono table__memo">{line.txn}</b>}
            {line.account !== '' && <span class="table__sub num">{say('close.account', { account: line.account })}</span>}
            {line.kind === 'reversal' && <Tag tone={TONE[line.verdict]} icon="back" words={say('close.taken')} />}
          </div>
          <div class="num">
            <span class="table__sub">
              {say('close.theirs')}: <b>{side(line.theirs)}</b>
            </span>
            <span class="table__sub">
              {say('close.ours')}: <b>{side(line.ours)}</b>
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}

interface SigningProps {
  one: DailyClose
  me: Me
  acting: Acting<DailyClose>
  signed: (close: DailyClose) => void
}

/** Another person than who made the list looks a second time. */
function Signing({ one, me, acting, signed }: SigningProps) {
  const kept = `close.${one.close}.note`
  const [note, setNote] = useTyped(kept, '')
  const [missing, setMissing] = useState(false)
  const differs = differing(one) > 0

  async function send(): Promise<void> {
    const empty = differs && note.trim() === ''
    setMissing(empty)
    if (empty) return focusSoon(NOTE)
    const close = await acting.act('sign', { note: note.trim() })
    if (close === null) return
    forgetTyped(kept)
    signed(close)
  }

  if (isOwn(one.uploaded_by, me.login))
    return (
      <div class="note note--wait">
        <Icon of="people" />
        <p class="note__body">{say('sign.waits')}</p>
      </div>
    )
  return (
    <form
      class="stack"
      aria-labelledby={SIGN}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <p class="small">{say('sign.more')}</p>
      <TextArea
        id={NOTE}
        label={say(differs ? 'sign.note.needed' : 'sign.note')}
        hint={say('sign.note.hint')}
        value={note}
        set={setNote}
        wrong={missing ? say('sign.note.empty') : faultAt(acting.refusal?.faults ?? [], '/note')}
        required={differs}
        most={500}
      />
      <button class="btn btn--main" type="submit" aria-disabled={acting.busy}>
        {say('sign.do')}
      </button>
    </form>
  )
}

function Signed({ one }: { one: DailyClose }) {
  return (
    <div class="note note--safe">
      <Icon of="check" />
      <div class="note__body">
        <p>
          <b>{say('sign.by')}:</b>{' '}
          {one.signed_by !== null && one.signed_at !== null && (
            <span class="num">{say('shift.by', { who: whoIs(one.signed_by, one.names, one.titles), moment: format.moment(one.signed_at) })}</span>
          )}
        </p>
        {one.note !== null && <q class="table__memo">{one.note}</q>}
      </div>
    </div>
  )
}
