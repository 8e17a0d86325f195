/** Shifts of the counter (ca thu): the open one, those that are over, and opening the next. */
import { useState } from 'preact/hooks'

import '../../parts/note/note.css'
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { focusSoon, TextBox } from '../dossier/form.tsx'
import { digits } from '../dossier/quoting.ts'
import { useMenu } from '../menu.ts'
import { Pick } from '../posters/new-poster.tsx'
import type { ListOfUnits } from '../shapes.ts'
import { way } from '../ways.ts'
import { SHIFTS, useActing } from './acting.ts'
import { gapsIn, sumWrong } from './counted.ts'
import { Refused, whoIs } from './signs.tsx'
import type { Shift, ShiftReport } from './till.ts'
import { Walked } from './walked.tsx'

const OPENING = 'tien-le'

export function ShiftsPage({ me }: { me: Me }) {
  const { load, again } = useLoad<ListOfUnits<Shift>>(SHIFTS)
  useReturning(again)
  return (
    <Desk me={me} title={say('shifts.title')} menu={useMenu()} here={way.shifts}>
      <div class="stack--wide room">
        <div class="stack--tight">
          <h1>{say('shifts.title')}</h1>
          <p class="quiet">{say('shifts.more')}</p>
        </div>
        <Waiting load={load} again={again} />
        {load.is === 'there' && (
          <div class="cols cols--back">
            <div class="stack">
              <Running shifts={load.body} />
              <Open shifts={load.body} again={again} />
            </div>
            <Lines key={load.body.items[0]?.shift} first={load.body} />
          </div>
        )}
      </div>
    </Desk>
  )
}

const several = ({ units }: ListOfUnits<Shift>): boolean => Object.keys(units).length > 1

/** What is open is counted first. */
function Running({ shifts }: { shifts: ListOfUnits<Shift> }) {
  const open = shifts.items.filter(({ closed_at }) => closed_at === null)
  return (
    <>
      {open.map((one) => (
        <section key={one.shift} class="card stack--tight" aria-labelledby={`ca-${one.shift}`}>
          <h2 id={`ca-${one.shift}`}>{say('shift.here')}</h2>
          <p>{say('shift.here.more', { who: whoIs(one.opened_by, one.names), moment: format.moment(one.opened_at) })}</p>
          {several(shifts) && <p lang="vi">{shifts.units[one.unit] ?? one.unit}</p>}
          <a class="btn btn--main" href={way.shift(one.shift)}>
            <Icon of="money" />
            {say('shift.count')}
          </a>
        </section>
      ))}
    </>
  )
}

/** Opening a till that has no open shift. */
function Open({ shifts, again }: { shifts: ListOfUnits<Shift>; again: () => Promise<boolean> }) {
  const taken = new Set(shifts.items.filter(({ closed_at }) => closed_at === null).map(({ unit }) => unit))
  const free = Object.entries(shifts.units).filter(([unit]) => !taken.has(unit))
  const [typed, setTyped] = useTyped('shift.new', { unit: '', opening: '' })
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const acting = useActing<ShiftReport>('/api/v1/workbench', null, again)
  const unit = free.find(([one]) => one === typed.unit)?.[0] ?? free[0]?.[0]

  async function send(): Promise<void> {
    const fault = sumWrong(typed.opening)
    setWrong(fault)
    if (fault !== undefined) return focusSoon(OPENING)
    const answer = await acting.act('shifts', { unit, opening: digits(typed.opening) })
    if (answer === null) return
    forgetTyped('shift.new')
    go(way.shift(answer.shift.shift))
  }

  if (unit === undefined) return <Refused refusal={acting.refusal} again={again} />
  return (
    <form
      class="card stack"
      aria-labelledby="mo-ca"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2 id="mo-ca">{say('shift.start')}</h2>
      <p class="small">{say('shift.start.more')}</p>
      <Refused refusal={acting.refusal} again={again} />
      {free.length > 1 && (
        <Pick id="quay" label={say('shift.unit')} value={unit} options={free} set={(one) => setTyped({ ...typed, unit: one })} />
      )}
      <TextBox
        id={OPENING}
        label={say('shift.opening')}
        hint={say('shift.opening.hint')}
        value={typed.opening}
        set={(opening) => setTyped({ ...typed, opening })}
        wrong={wrong}
        most={30}
        numeric
      />
      <button class="btn btn--main" type="submit" aria-disabled={acting.busy}>
        {say('shift.start.do')}
      </button>
    </form>
  )
}

function Lines({ first }: { first: ListOfUnits<Shift> }) {
  const more = useMore(first, (after) => `${SHIFTS}?${new URLSearchParams({ after }).toString()}`)
  if (more.items.length === 0) return <Empty icon="hourglass" title={say('shifts.none')} words={say('shifts.none.more')} />
  return (
    <Walked
      caption={say('shifts.caption')}
      heads={[say('shifts.col.since'), say('shifts.col.state'), say('shifts.col.cash'), say('shifts.col.pos'), say('shifts.col.who')]}
      keys={say('shifts.keys')}
      more={more}
    >
      {more.items.map((one) => (
        <Row key={one.shift} shift={one} unit={several(first) ? (first.units[one.unit] ?? one.unit) : null} />
      ))}
    </Walked>
  )
}

function Row({ shift, unit }: { shift: Shift; unit: string | null }) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a class="table__link" href={way.shift(shift.shift)}>
          <span class="table__name num">{format.moment(shift.opened_at)}</span>
          {unit !== null && <span class="table__sub" lang="vi">{unit}</span>}
        </a>
      </th>
      <td role="cell">
        <Outcome shift={shift} />
        {shift.told.length > 1 && <span class="table__sub">{say('shift.counts.times', { count: shift.told.length })}</span>}
      </td>
      <Counted label={say('shifts.col.cash')} sum={shift.counted_cash} />
      <Counted label={say('shifts.col.pos')} sum={shift.counted_pos} />
      <td role="cell">{whoIs(shift.closed_by ?? shift.opened_by, shift.names)}</td>
    </tr>
  )
}

/** What was counted; in a folded row nothing is said of what was not counted yet. */
function Counted({ label, sum }: { label: string; sum: number | null }) {
  if (sum === null) return <td role="cell" class="table__more">–</td>
  return (
    <td role="cell" class="num">
      <span class="table__label">{label} </span>
      {format.money(sum)}
    </td>
  )
}

/** Whether it is open, complete, or what is missing. */
export function Outcome({ shift }: { shift: Shift }) {
  if (shift.closed_at === null) return <Tag tone="wait" icon="hourglass" words={say('shift.open')} />
  const gaps = gapsIn(shift)
  if (gaps.length === 0) return <Tag tone="safe" icon="check" words={say('shift.even')} />
  return (
    <>
      {gaps.map((gap) => (
        <Tag key={gap} tone="late" icon="alert" words={gap} />
      ))}
    </>
  )
}
