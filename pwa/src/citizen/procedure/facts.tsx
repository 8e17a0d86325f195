/** How much, how long, by when: what everybody asks first. */
import type { ComponentChildren } from 'preact'

import type { Deadline, Definition, FeeItem } from '../../form/definition.ts'
import '../../parts/facts/facts.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/first.ts'
import * as format from '../../words/format.ts'

/** `8.000 đ`, `8.000 đ mỗi bản`, nothing, or that nobody knows yet. */
function priceOf({ amount, quantity, per, unit = say('fee.copy') }: FeeItem): string {
  if (amount === null) return say('fee.unknown')
  if (amount === 0) return say('fee.none')
  const sum = format.money(amount)
  return quantity || per ? say('fee.each', { amount: sum, unit }) : sum
}

/** One price: of several each with its name before it; behind it its basis, and when it is asked. */
function Price({ item, several, brief }: { item: FeeItem; several: boolean; brief: boolean | undefined }) {
  const { amount, name, law, note } = item
  return (
    <p>
      {several && <span class="facts__more">{name}</span>}
      {priceOf(item)}
      {!brief && <span class="facts__more">{amount === null ? say('fee.unknown.more') : law}</span>}
      {!brief && <span class="facts__more">{note}</span>}
    </p>
  )
}

interface FactsProps {
  definition: Definition
  /** Without the law and remarks, which stand on the next page. */
  brief?: boolean
  children?: ComponentChildren
}

export function Facts({ definition, brief, children }: FactsProps) {
  const { minutes, deadline, no_deadline, fee } = definition
  return (
    <dl class="facts card">
      <div class="facts__item">
        <Icon of="money" />
        <dt>{say('start.fee')}</dt>
        <dd class="num stack--tight">
          {fee === null && say('fee.none')}
          {fee?.items.map((item, _, { length }) => (
            <Price key={item.id} item={item} several={length > 1} brief={brief} />
          ))}
        </dd>
      </div>
      {minutes !== null && (
        <div class="facts__item">
          <Icon of="clock" />
          <dt>{say('start.time')}</dt>
          <dd class="num">{say('start.minutes', { minutes })}</dd>
        </div>
      )}
      {(deadline ?? no_deadline) && (
        <div class="facts__item">
          <Icon of="calendar" />
          <dt>{say('start.due')}</dt>
          <dd>
            {deadline === null ? no_deadline?.text : deadlineWords(deadline)}
            {doubtful(definition, 'deadline') && <span class="facts__more">{say('start.doubt')}</span>}
            {deadline?.cutoff && (
              <span class="facts__more">{say('start.cutoff', { hour: deadline.cutoff })}</span>
            )}
          </dd>
        </div>
      )}
      {children}
    </dl>
  )
}

/** Whether a fact of the definition, or something inside it, is not certain. */
export const doubtful = ({ doubts = [] }: Definition, about: string): boolean =>
  doubts.some((one) => one === about || one.startsWith(`${about}.`))

/** The usual time; where some dossiers take longer, how long at most. */
function deadlineWords({ days, text, unit, cases = [] }: Deadline): string {
  if (days === null || unit === 'days') return text
  const words = days === 0 ? say('start.sameDay') : say('start.days', { days })
  const most = Math.max(days, ...cases.map((one) => one.days))
  return most > days ? say('start.upTo', { words, days: most }) : words
}
