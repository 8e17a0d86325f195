/** Daily closes (đối soát ngày): which days were compared, what differs, who signed. */
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { useMenu } from '../menu.ts'
import type { CloseList, DailyClose } from '../shapes.ts'
import { adapterName } from '../signs.tsx'
import { way } from '../ways.ts'
import { CLOSES } from './acting.ts'
import { whoIs } from './signs.tsx'
import { Upload } from './upload.tsx'
import { Walked } from './walked.tsx'

export function ClosesPage({ me }: { me: Me }) {
  const { load, again } = useLoad<CloseList>(CLOSES)
  useReturning(again)
  return (
    <Desk me={me} title={say('closes.title')} menu={useMenu()} here={way.closes}>
      <div class="stack--wide room">
        <div class="stack--tight">
          <h1>{say('closes.title')}</h1>
          <p class="quiet">{say('closes.more')}</p>
        </div>
        <Waiting load={load} again={again} />
        {load.is === 'there' && (
          <div class="cols cols--back">
            <Upload closes={load.body} />
            <Lines key={load.body.items[0]?.close} first={load.body} />
          </div>
        )}
      </div>
    </Desk>
  )
}

function Lines({ first }: { first: CloseList }) {
  const more = useMore(first, (after) => `${CLOSES}?${new URLSearchParams({ after }).toString()}`)
  if (more.items.length === 0) return <Empty icon="calendar" title={say('closes.none')} words={say('closes.none.more')} />
  const several = Object.keys(first.units).length > 1
  return (
    <Walked
      caption={say('closes.caption')}
      heads={[say('closes.col.day'), say('closes.col.state'), say('closes.col.difference'), say('closes.col.signed'), say('closes.col.who')]}
      keys={say('closes.keys')}
      more={more}
    >
      {more.items.map((one) => (
        <Row key={one.close} close={one} several={several} />
      ))}
    </Walked>
  )
}

function Row({ close, several }: { close: DailyClose; several: boolean }) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a class="table__link" href={way.close(close.close)}>
          <span class="table__name num">{say('closes.day', { day: format.partialDate(close.day) })}</span>
          <span class="table__sub">
            {adapterName(close.adapter)}
            {several && <span lang="vi"> · {close.unit_name}</span>}
          </span>
        </a>
      </th>
      <td role="cell">
        <Outcome close={close} />
      </td>
      <td role="cell" class="num">
        {differenceWords(close.difference)}
      </td>
      <td role="cell">
        {close.signed_by === null ? (
          <Tag tone="wait" icon="people" words={say('closes.unsigned')} />
        ) : (
          <Tag tone="safe" icon="check" words={say('closes.signed')} />
        )}
      </td>
      <td role="cell">
        {whoIs(close.uploaded_by, close.names)} <span class="table__sub num">{format.moment(close.uploaded_at)}</span>
      </td>
    </tr>
  )
}

export const differing = ({ counts }: DailyClose): number =>
  counts.missing_with_us + counts.missing_with_them + counts.amount_differs

export function Outcome({ close }: { close: DailyClose }) {
  const count = differing(close)
  if (count === 0) return <Tag tone="safe" icon="check" words={say('closes.even')} />
  return <Tag tone="late" icon="alert" words={say('closes.differs', { count })} />
}

export function differenceWords(difference: number): string {
  if (difference === 0) return say('close.same')
  return say(difference < 0 ? 'close.less' : 'close.more', { amount: format.money(Math.abs(difference)) })
}
