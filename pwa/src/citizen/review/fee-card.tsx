/** What is to pay: the sum, the rule, its legal basis; never a zero where the tariff is unknown. */
import type { ComponentChildren } from 'preact'

import type { Obligation } from '../../api/schema.ts'
import type { Definition, Values } from '../../form/definition.ts'
import { lineLaw, lineName } from '../../form/fee-name.ts'
import { feeOf } from '../../form/fee.ts'
import { today } from '../../form/today.ts'
import '../../parts/fee/fee.css'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { eachOf } from '../form/price.ts'

interface Line {
  name: string
  quantity: number
  each: number | null
  amount: number | null
  law: string | null
  /** How the price of one comes about. */
  how: string | null
}

interface FeeProps {
  definition: Definition
  values: Values
  /** It is filed and paid at the national portal. */
  alone: boolean
}

/** Before sending: as the definition has it. */
export function FeeCard({ definition, values, alone }: FeeProps) {
  const fee = feeOf(definition, values, today())
  if (fee === null) return null
  const lines = fee.lines.map((line) => ({ ...line, name: line.item.name, law: line.item.law, how: eachOf(line) }))
  const doubtful = fee.lines.some(({ item }) => !item.verified && item.amount !== null)
  return (
    <Sum amount={fee.amount} lines={lines} title={alone ? 'fee.title' : 'fee.due'}>
      {alone && fee.amount !== 0 && <p>{say('fee.portal')}</p>}
      {fee.lines.map(({ item: { id, name, unverified_amount: figure } }) =>
        figure === undefined ? null : (
          <p key={id} class="small quiet">
            {say('fee.figure', { name, amount: format.money(figure) })}
          </p>
        ),
      )}
      {lines.map(({ item: { id, note }, how }) => how && note && <p key={id} class="small quiet">{note}</p>)}
      {doubtful && <p class="small quiet">{say('fee.doubt')}</p>}
      {!alone && (definition.fee?.exemptions.length ?? 0) > 0 && (
        <p class="small quiet">{say(definition.fee?.exempt?.length ? 'fee.exempt' : 'fee.exempt.ask')}</p>
      )}
    </Sum>
  )
}

/** The states in which the sum is still to be paid. */
const OWED = ['open', 'expired']

/** After sending: as it was frozen, its lines named as the reader speaks. */
export function ObligationCard({ obligation, definition, values }: { obligation: Obligation; definition: Definition; values: Values }) {
  const known = feeOf(definition, values, today())?.lines ?? []
  const lines = obligation.lines.map(({ name: official, quantity, unit_amount: each, amount, law }) => {
    const name = lineName(definition.fee, official)
    const same = known.find((line) => line.item.name === name && line.each === each)
    return { name, quantity, each, amount, law: lineLaw(definition.fee, law), how: same === undefined ? null : eachOf(same) }
  })
  const { state } = obligation
  const title = OWED.includes(state) ? 'fee.due' : state === 'paid' ? 'fee.settled' : 'fee.title'
  return <Sum amount={obligation.amount} lines={lines} title={title} />
}

interface SumProps {
  amount: number | null
  lines: readonly Line[]
  /** Whether it is still to be paid, was paid, or neither. */
  title?: 'fee.due' | 'fee.settled' | 'fee.title'
  children?: ComponentChildren
}

function Sum({ amount, lines, title = 'fee.due', children }: SumProps) {
  const laws = [...new Set(lines.map(({ law }) => law).filter((law) => law !== null))]
  return (
    <section class="card fee stack--tight">
      <div class="fee__sum">
        <h2>{say(title)}</h2>
        <p class={amount === null ? '' : 'fee__figure'}>
          {amount === null ? <b>{say('fee.unknown')}</b> : amount === 0 ? say('fee.free') : format.money(amount)}
        </p>
      </div>
      {amount === null ? (
        <p>{say('fee.unknown.more')}</p>
      ) : (
        <table class="fee__lines">
          <caption class="unseen">{say('fee.how')}</caption>
          <tbody>
            {lines.map((line) => (
              <tr key={line.name}>
                <th scope="row">
                  {line.name}
                  {line.each !== null && line.quantity !== 1 && (
                    <>
                      <br />
                      <span class="quiet num">
                        {line.quantity} × {format.money(line.each)}
                      </span>
                    </>
                  )}
                  {line.how && (
                    <>
                      <br />
                      <span class="quiet num">{line.how}</span>
                    </>
                  )}
                </th>
                <td class="num">{line.amount === null ? '' : format.money(line.amount)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {laws.length > 0 && <p class="small quiet">{say('fee.law', { law: laws.join('; ') })}</p>}
      {children}
    </section>
  )
}
