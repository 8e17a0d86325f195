/** Refunds (hoàn tiền): what two persons are to do, the payout list, and what is over. */
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { noteCount, useMenu } from '../menu.ts'
import type { List, Refund, RefundState } from '../shapes.ts'
import { Code } from '../signs.tsx'
import { way } from '../ways.ts'
import { REFUNDS } from './acting.ts'
import { Age, because, RefundTag } from './signs.tsx'
import { Walked } from './walked.tsx'

const OVER: readonly RefundState[] = ['confirmed', 'succeeded', 'failed', 'rejected', 'withdrawn']

const pathOf = (state: RefundState | null, after?: string): string => {
  const asked = new URLSearchParams()
  if (state !== null) asked.set('state', state)
  if (after !== undefined) asked.set('after', after)
  return `${REFUNDS}?${asked.toString()}`
}

export function RefundsPage({ query, me }: { query: URLSearchParams; me: Me }) {
  const state = OVER.find((one) => one === query.get('buoc')) ?? null
  const { load, again } = useLoad<List<Refund>>(pathOf(state))
  useReturning(again)
  if (load.is === 'there' && state === null) noteCount({ refunds: load.body.items.length })
  return (
    <Desk me={me} title={say('refunds.title')} menu={useMenu()} here={way.refunds}>
      <div class="stack">
        <h1>{say('refunds.title')}</h1>
        <p class="quiet">{say('refunds.more')}</p>
        <Sheet />
        <Filters state={state} />
        <Waiting load={load} again={again} />
        {load.is === 'there' && <Lines key={load.body.items[0]?.id} first={load.body} state={state} me={me} />}
      </div>
    </Desk>
  )
}

/** The accountant's list; a file of the server's, so the browser fetches it. */
function Sheet() {
  return (
    <p class="side side--mid side--wrap">
      <a class="btn btn--fit" href={`${REFUNDS}/payout.csv`} download="danh-sach-hoan.csv">
        <Icon of="save" />
        {say('refunds.sheet')}
      </a>
      <span class="side__fill small quiet">{say('refunds.sheet.more')}</span>
    </p>
  )
}

function Filters({ state }: { state: RefundState | null }) {
  const tab = (here: boolean): string => (here ? 'tab tab--here' : 'tab')
  return (
    <nav class="tabs" aria-label={say('refunds.filter')}>
      <a class={tab(state === null)} href={way.refunds} aria-current={state === null ? 'true' : undefined}>
        {say('refunds.open')}
      </a>
      {OVER.map((one) => (
        <a key={one} class={tab(state === one)} href={`${way.refunds}?buoc=${one}`} aria-current={state === one ? 'true' : undefined}>
          {say(`state.${one}`)}
        </a>
      ))}
    </nav>
  )
}

function Lines({ first, state, me }: { first: List<Refund>; state: RefundState | null; me: Me }) {
  const more = useMore(first, (after) => pathOf(state, after))
  if (more.items.length === 0) return <Empty icon="check" title={say('refunds.none')} words={say('refunds.none.more')} />
  const several = me.units.length > 1 || more.items.some(({ unit }) => unit !== me.units[0])
  return (
    <Walked caption={say('refunds.caption')} heads={[say('refunds.amount'), say('refunds.state'), say('refunds.reason'), say('age'), say('refunds.dossier')]} more={more}>
      {more.items.map((one) => (
        <Row key={one.id} refund={one} several={several} />
      ))}
    </Walked>
  )
}

function Row({ refund, several }: { refund: Refund; several: boolean }) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <a class="table__link" href={way.refund(refund.id)}>
          <span class="table__name num">{say('refund.title', { amount: format.money(refund.amount) })}</span>
          {several && <span class="table__sub" lang="vi">{refund.unit_name}</span>}
        </a>
      </th>
      <td role="cell">
        <RefundTag state={refund.state} />
      </td>
      <td role="cell">{because(refund.reason)}</td>
      <td role="cell" class="num">
        <span class="table__label">{say('refunds.since')} </span>
        <Age days={refund.age} />
      </td>
      <td role="cell">
        {refund.code === null ? (
          <span class="quiet">{say('refunds.nobody')}</span>
        ) : (
          <>
            <Code code={refund.code} />
            <span class="table__sub">{refund.owner_masked}</span>
          </>
        )}
      </td>
    </tr>
  )
}
