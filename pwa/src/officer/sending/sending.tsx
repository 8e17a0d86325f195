/** What is not in the one-stop system yet (chưa sang một cửa điện tử), and what disagrees. */
import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { sidesOf } from '../differing.ts'
import { noteCount, useMenu } from '../menu.ts'
import type { Discrepancy, NotSent, Sending } from '../shapes.ts'
import { Code, StateTag } from '../signs.tsx'
import { way } from '../ways.ts'

const HOUR = 3600
const DAY = 24 * HOUR

/** How long, in the one unit that says most. */
function age(seconds: number): string {
  if (seconds >= DAY) return say('sending.days', { count: Math.floor(seconds / DAY) })
  if (seconds >= HOUR) return say('sending.hours', { count: Math.floor(seconds / HOUR) })
  return say('sending.minutes', { count: Math.max(1, Math.floor(seconds / 60)) })
}

export function SendingPage({ me }: { me: Me }) {
  const { load, again } = useLoad<Sending>('/api/v1/workbench/sending')
  useReturning(again)
  if (load.is === 'there') noteCount({ sending: load.body.items.length + load.body.discrepancies.length })
  return (
    <Desk me={me} title={say('sending.title')} menu={useMenu()} here={way.sending}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('sending.title')}</h1>
          <p class="quiet">{say('sending.more')}</p>
        </div>
        <Waiting load={load} again={again} />
        {load.is === 'there' && <Lists sending={load.body} />}
      </div>
    </Desk>
  )
}

function Lists({ sending: { items, discrepancies } }: { sending: Sending }) {
  return (
    <>
      {items.length === 0 ? (
        <Empty icon="check" title={say('sending.none')} words={say('sending.none.more')} />
      ) : (
        <Waits items={items} />
      )}
      {discrepancies.length > 0 && (
        <section class="stack--tight" aria-labelledby="khac">
          <h2 id="khac">{say('differ.title')}</h2>
          <Differs items={discrepancies} />
        </section>
      )}
    </>
  )
}

function Waits({ items }: { items: readonly NotSent[] }) {
  return (
    <div class="frame">
      <table class="table table--fold" role="table">
        <caption class="unseen">{say('sending.caption')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{say('sending.age')}</th>
            <th scope="col" role="columnheader">{say('sending.code')}</th>
            <th scope="col" role="columnheader">{say('col.state')}</th>
            <th scope="col" role="columnheader">{say('sending.tries')}</th>
            <th scope="col" role="columnheader">{say('sending.problem')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((one) => (
            <tr role="row" key={one.code}>
              <td role="cell">
                <Tag
                  tone={one.flagged ? 'late' : one.tries > 0 ? 'wait' : 'way'}
                  icon={one.flagged ? 'alert' : 'hourglass'}
                  words={age(one.age)}
                />
                {one.flagged && <span class="table__sub">{say('sending.flagged')}</span>}
              </td>
              <th scope="row" role="rowheader">
                <a class="table__link" href={way.dossier(one.code)}>
                  <span class="table__name">
                    <Code code={one.code} />
                  </span>
                </a>
              </th>
              <td role="cell">
                <StateTag state={one.state} />
              </td>
              <td role="cell" class="num">
                {one.tries === 0 ? say('onestop.untried') : say('onestop.tries', { count: one.tries })}
              </td>
              <td role="cell" class="small table__memo">
                {one.problem ?? ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Differs({ items }: { items: readonly Discrepancy[] }) {
  return (
    <div class="frame">
      <table class="table table--fold" role="table">
        <caption class="unseen">{say('differ.caption')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">{say('differ.what')}</th>
            <th scope="col" role="columnheader">{say('sending.code')}</th>
            <th scope="col" role="columnheader">{say('differ.ours')}</th>
            <th scope="col" role="columnheader">{say('differ.theirs')}</th>
            <th scope="col" role="columnheader">{say('differ.seen')}</th>
          </tr>
        </thead>
        <tbody role="rowgroup">
          {items.map((one) => (
            <tr role="row" key={`${one.code} ${one.kind}`}>
              <td role="cell">
                <Tag tone="wait" icon="alert" words={say(`differ.${one.kind}`)} />
              </td>
              <th scope="row" role="rowheader">
                <a class="table__link" href={way.dossier(one.code)}>
                  <span class="table__name">
                    <Code code={one.code} />
                  </span>
                </a>
              </th>
              <td role="cell" class="table__memo">
                <span class="table__label">{say('differ.ours')}: </span>
                {sidesOf(one).ours}
              </td>
              <td role="cell" class="table__memo">
                <span class="table__label">{say('differ.theirs')}: </span>
                {sidesOf(one).theirs}
              </td>
              <td role="cell" class="num small">
                <span class="table__label">{say('differ.seen')}: </span>
                {format.moment(one.seen_at)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
