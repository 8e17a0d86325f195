/** Money that somebody should look at (tiền cần đối chiếu), each with its reason. */
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { MoreButton, useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { noteCount, useMenu } from '../menu.ts'
import type { List, Money } from '../shapes.ts'
import { adapterName, Code } from '../signs.tsx'
import { way } from '../ways.ts'

const PATH = '/api/v1/workbench/money'

export function MoneyPage({ me }: { me: Me }) {
  const { load, again } = useLoad<List<Money>>(PATH)
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
        {load.is === 'there' && <Sums key={load.body.items[0]?.id} first={load.body} />}
      </div>
    </Desk>
  )
}

function Sums({ first }: { first: List<Money> }) {
  const more = useMore(first, (after) => `${PATH}?${new URLSearchParams({ after }).toString()}`)
  if (more.items.length === 0)
    return <Empty icon="check" title={say('money.none')} words={say('money.none.more')} />
  return (
    <div class="stack">
      <div class="frame">
        <table class="table table--fold" role="table">
          <caption class="unseen">{say('money.caption')}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">{say('money.at')}</th>
              <th scope="col" role="columnheader">{say('money.amount')}</th>
              <th scope="col" role="columnheader">{say('money.reason')}</th>
              <th scope="col" role="columnheader">{say('money.code')}</th>
              <th scope="col" role="columnheader">{say('money.memo')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {more.items.map((one) => (
              <Row key={one.id} money={one} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton more={more} />
    </div>
  )
}

function Row({ money }: { money: Money }) {
  return (
    <tr role="row">
      <td role="cell" class="num">
        {format.moment(money.at)}
        <span class="table__sub">{adapterName(money.adapter)}</span>
      </td>
      <th scope="row" role="rowheader" class="num">
        {format.money(money.amount)}
        {money.account !== '' && <span class="table__sub">{say('money.account', { account: money.account })}</span>}
      </th>
      <td role="cell">
        <Tag tone={money.counted ? 'plain' : 'wait'} icon="alert" words={say(`reason.${money.reason}`)} />
        {money.counted && <span class="table__sub">{say('money.counted')}</span>}
      </td>
      <td role="cell">
        {money.code === null ? (
          <span class="quiet">{say('money.nobody')}</span>
        ) : (
          <a class="link" href={way.dossier(money.code)}>
            <Code code={money.code} />
          </a>
        )}
      </td>
      <td role="cell" class="table__memo">
        {money.memo ?? ''}
        {money.masked && <span class="table__sub">{say('money.masked')}</span>}
      </td>
    </tr>
  )
}
