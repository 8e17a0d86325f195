/** One shift of the counter (ca thu): counted blindly while it is open, then its report. */
import { useEffect, useState } from 'preact/hooks'

import '../../parts/facts/answer.css'
import '../../parts/facts/facts.css'
import '../../parts/note/note.css'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { faultAt } from '../dossier/deciding.ts'
import { focusSoon, TextArea, TextBox } from '../dossier/form.tsx'
import { digits } from '../dossier/quoting.ts'
import { Code } from '../signs.tsx'
import { way } from '../ways.ts'
import { SHIFTS, useActing, type Acting } from './acting.ts'
import { gapOf, gapWords, paidWords, sumWrong, type Kind } from './counted.ts'
import { OpenedPage, type Opened } from './opened.tsx'
import { Outcome } from './shifts.tsx'
import { Done, Fact, Refused, whoIs } from './signs.tsx'
import type { Shift, ShiftReport, Taking } from './till.ts'

const REPORT = 'bien-ban'
const REASON = 'ly-do-lech'
const BOX = { cash: 'tien-mat', pos: 'tien-the' } as const
const KINDS: readonly Kind[] = ['cash', 'pos']

export function ShiftPage({ id, me }: { id: string; me: Me }) {
  return (
    <OpenedPage<ShiftReport>
      path={`${SHIFTS}/${encodeURIComponent(id)}`}
      me={me}
      list={{ at: way.shifts, back: say('back.shifts'), title: say('shifts.title') }}
      titleOf={({ shift }) => say('shift.of', { moment: format.moment(shift.opened_at) })}
      gone={say('shift.gone')}
      whole={Whole}
    />
  )
}

function Whole({ one, put, again }: Opened<ShiftReport>) {
  const [done, setDone] = useState(false)
  const acting = useActing<ShiftReport>(`${SHIFTS}/${one.shift.shift}`, null, again)

  function closed(report: ShiftReport): void {
    put(report)
    setDone(true)
    focusSoon(REPORT)
  }

  return (
    <div class="room">
      <div class="cols cols--till">
        <Facts one={one} />
        {one.shift.closed_at === null ? (
          <Count one={one} acting={acting} closed={closed} again={again} />
        ) : (
          <section class="card stack cols__side" aria-labelledby={REPORT}>
            <h2 id={REPORT} tabindex={-1}>
              {say('shift.report')}
            </h2>
            <Done words={done ? say('shift.close.done') : null} />
            <Refused refusal={acting.refusal} again={again} />
            <Report shift={one.shift} />
          </section>
        )}
        {one.shift.closed_at !== null && <Takings lines={one.lines} />}
      </div>
    </div>
  )
}

function Facts({ one: { shift, unit_name } }: { one: ShiftReport }) {
  const by = (who: string, moment: string): string => say('shift.by', { who: whoIs(who, shift.names, shift.titles), moment: format.moment(moment) })
  return (
    <section class="card stack--tight" aria-labelledby="ca-nay">
      <div class="card__head">
        <h2 id="ca-nay">{say('shift.facts')}</h2>
        <Outcome shift={shift} />
      </div>
      <dl class="rows">
        <Fact name={say('shift.unit.name')}>
          <span lang="vi">{unit_name}</span>
        </Fact>
        <Fact name={say('shift.opened')}>{by(shift.opened_by, shift.opened_at)}</Fact>
        {shift.closed_by !== null && shift.closed_at !== null && (
          <Fact name={say('shift.closed')}>{by(shift.closed_by, shift.closed_at)}</Fact>
        )}
        <Fact name={say('shift.opening')}>
          <span class="num">{format.money(shift.opening)}</span>
        </Fact>
      </dl>
    </section>
  )
}

interface CountProps {
  one: ShiftReport
  acting: Acting<ShiftReport>
  closed: (report: ShiftReport) => void
  again: () => Promise<boolean>
}

/** Counting comes before knowing what should be there. */
function Count({ one: { shift }, acting, closed, again }: CountProps) {
  const kept = `shift.${shift.shift}`
  const [typed, setTyped] = useTyped(kept, { cash: '', pos: '', reason: '' })
  const [checked, setChecked] = useState(false)
  const unexplained = faultAt(acting.refusal?.faults ?? [], '/reason')
  useEffect(() => {
    if (unexplained !== undefined) focusSoon(REASON)
  }, [acting.refusal])

  async function send(): Promise<void> {
    setChecked(true)
    const first = KINDS.find((kind) => sumWrong(typed[kind]) !== undefined)
    if (first !== undefined) return focusSoon(BOX[first])
    const body = { counted_cash: digits(typed.cash), counted_pos: digits(typed.pos), reason: typed.reason.trim() }
    const report = await acting.act('close', body)
    if (report === null) return void again()
    forgetTyped(kept)
    closed(report)
  }

  /** Another count has not been judged yet: what was said of the one before goes. */
  function count(kind: Kind, value: string): void {
    if (digits(value) !== digits(typed[kind])) acting.clear()
    setTyped({ ...typed, [kind]: value })
  }

  return (
    <form
      class="card stack cols__side"
      aria-labelledby="dem"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2 id="dem">{say('shift.close')}</h2>
      <p class="small">
        {say('shift.close.more')} {say('shift.counts.each')}
      </p>
      {shift.told.length > 0 && <Counts shift={shift} />}
      {unexplained === undefined && <Refused refusal={acting.refusal} again={again} />}
      {KINDS.map((kind) => (
        <TextBox
          key={kind}
          id={BOX[kind]}
          label={say(`shift.${kind}`)}
          hint={say(`shift.${kind}.hint`)}
          value={typed[kind]}
          set={(value) => count(kind, value)}
          wrong={checked ? sumWrong(typed[kind]) : undefined}
          most={30}
          numeric
        />
      ))}
      <TextArea
        id={REASON}
        label={say('shift.reason')}
        hint={say('shift.reason.hint')}
        value={typed.reason}
        set={(reason) => setTyped({ ...typed, reason })}
        wrong={unexplained}
        required={unexplained !== undefined}
        most={500}
      />
      <button class="btn btn--main" type="submit" aria-disabled={acting.busy}>
        {say('shift.close.do')}
      </button>
    </form>
  )
}

/** Every count as it was said, the first one first: who reads the report sees who counted again. */
function Counts({ shift }: { shift: Shift }) {
  return (
    <section class="stack--tight" aria-labelledby="cac-lan-dem">
      <h3 id="cac-lan-dem">{say('shift.counts')}</h3>
      {shift.closed_at === null && <p class="small">{say('shift.counts.waits')}</p>}
      <ol class="rows">
        {shift.told.map((told, at) => (
          <li key={at} class="row row--top">
            <div class="row__text">
              <b>{at === 0 ? say('shift.counts.first') : say('shift.counts.again', { number: at + 1 })}</b>
              <span class="num">{say('shift.counts.sums', { cash: format.money(told.cash), pos: format.money(told.pos) })}</span>
              <span class="table__sub num">{say('shift.by', { who: whoIs(told.by, shift.names, shift.titles), moment: format.moment(told.at) })}</span>
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Report({ shift }: { shift: Shift }) {
  return (
    <>
      {KINDS.map((kind) => (
        <Compared key={kind} shift={shift} kind={kind} />
      ))}
      {shift.told.length > 1 && <Counts shift={shift} />}
      {shift.outside !== null && shift.outside !== 0 && (
        <p>
          {say('shift.outside')}: <b class="num">{format.money(shift.outside)}</b>, {say('shift.outside.more')}.
        </p>
      )}
      {shift.reason !== null && (
        <div>
          <p class="small quiet">{say('shift.reason')}</p>
          <q class="table__memo">{shift.reason}</q>
        </div>
      )}
      <div class="stack--tight">
        <button class="btn" type="button" onClick={() => print()}>
          <Icon of="print" />
          {say('print')}
        </button>
        <a class="btn btn--plain" href={way.shifts}>
          {say('to.shifts')}
        </a>
      </div>
    </>
  )
}

/** What should be there, what was counted, and the difference in words. */
function Compared({ shift, kind }: { shift: Shift; kind: Kind }) {
  const [must, counted] =
    kind === 'cash' ? [shift.expected_cash, shift.counted_cash] : [shift.expected_pos, shift.counted_pos]
  const gap = gapOf(shift, kind) ?? 0
  return (
    <div>
      <h3>{say(`shift.report.${kind}`)}</h3>
      <dl class="rows num">
        <Fact name={say('shift.report.must')}>{format.money(must ?? 0)}</Fact>
        <Fact name={say('shift.report.counted')}>{format.money(counted ?? 0)}</Fact>
        <Fact name={say('shift.report.difference')}>
          <Tag tone={gap === 0 ? 'safe' : 'late'} icon={gap === 0 ? 'check' : 'alert'} words={gapWords(gap)} />
        </Fact>
      </dl>
    </div>
  )
}

function Takings({ lines }: { lines: readonly Taking[] }) {
  return (
    <section class="card stack--tight" aria-labelledby="cac-khoan">
      <h2 id="cac-khoan">{say('shift.lines')}</h2>
      {lines.length === 0 && <p class="quiet">{say('shift.lines.none')}</p>}
      <ul class="rows">
        {lines.map((line, at) => (
          <li key={at} class="row row--taking">
            <div class="row__text">
              <b class="num">{format.money(line.amount)}</b>
              <span class="table__sub num">
                {paidWords(line.slip)} · {format.moment(line.at)}
              </span>
              {line.amount < 0 && <span class="table__sub">{say('shift.line.back')}</span>}
              {line.outside && <Tag tone="plain" icon="clock" words={say('shift.line.outside')} />}
            </div>
            {line.code === null ? (
              <span class="quiet">{say('shift.line.nobody')}</span>
            ) : (
              <a class="link" href={way.dossier(line.code)}>
                <Code code={line.code} />
              </a>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
