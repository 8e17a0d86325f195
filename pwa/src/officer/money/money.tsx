/** Money that somebody should look at (tiền cần đối chiếu), each with its reason. */
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import * as format from '../../words/format.ts'
import { say as sayMoney } from '../../words/officer-money.ts'
import { say } from '../../words/officer.ts'
import { noteCount, useMenu } from '../menu.ts'
import type { List, Money } from '../shapes.ts'
import { adapterName, Code } from '../signs.tsx'
import { way } from '../ways.ts'
import { MONEY } from './acting.ts'
import { Age, Memo } from './signs.tsx'
import { Walked } from './walked.tsx'

/** Whose account takes the fees of many units: its money is nobody's yet. */
const SHARED = '*'

export function MoneyPage({ me }: { me: Me }) {
  const { load, again } = useLoad<List<Money>>(MONEY)
  useReturning(again)
  if (load.is === 'there') noteCount({ money: load.body.items.length })
  return (
    <Desk me={me} title={say('money.title')} menu={useMenu()} here={way.money}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('money.title')}</h1>
          <p class="quiet">{say('money.more')}</p>
        </div>
        <Waiting load={load} again={again} />
        {load.is === 'there' && <Sums key={load.body.items[0]?.id} first={load.body} me={me} />}
      </div>
    </Desk>
  )
}

function Sums({ first, me }: { first: List<Money>; me: Me }) {
  const more = useMore(first, (after) => `${MONEY}?${new URLSearchParams({ after }).toString()}`)
  if (more.items.length === 0)
    return <Empty icon="check" title={say('money.none')} words={say('money.none.more')} />
  const several = me.units.length > 1 || more.items.some(({ unit }) => unit !== me.units[0] && unit !== SHARED)
  return (
    <Walked caption={say('money.caption')} heads={[say('money.amount'), say('money.reason'), say('money.at'), say('money.code'), say('money.memo')]} more={more}>
      {more.items.map((one) => (
        <Row key={one.id} money={one} several={several} />
      ))}
    </Walked>
  )
}

function Row({ money, several }: { money: Money; several: boolean }) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader" class="num">
        <a class="table__link" href={way.movement(money.id)}>
          <span class="table__name">{format.money(money.amount)}</span>
          {money.account !== '' && <span class="table__sub">{say('money.account', { account: money.account })}</span>}
          {several && money.unit_name !== '' && <span class="table__sub" lang="vi">{money.unit_name}</span>}
        </a>
      </th>
      <td role="cell">
        <Tag tone={money.counted ? 'plain' : 'wait'} icon="alert" words={say(`reason.${money.reason}`)} />
        {money.foreign && <Tag tone="late" icon="alert" words={sayMoney('foreign.tag')} />}
        {money.counted && <span class="table__sub">{say('money.counted')}</span>}
      </td>
      <td role="cell" class="num">
        {format.moment(money.at)}
        <span class="table__sub">
          {adapterName(money.adapter)} · <Age days={money.age} />
        </span>
      </td>
      <td role="cell">
        {money.code === null ? (
          <span class="quiet">{say('money.nobody')}</span>
        ) : (
          <a class="link" href={way.dossier(money.code)}>
            <Code code={money.code} />
          </a>
        )}
        {money.owner_masked !== null && <span class="table__sub">{money.owner_masked}</span>}
      </td>
      <td role="cell">
        <Memo money={money} none="" />
      </td>
    </tr>
  )
}
