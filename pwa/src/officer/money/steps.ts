/** The steps of a refund as two persons take them: done, ahead, and what this officer waits for. */
import type { Shape } from '../../parts/icon/shapes.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import type { Refund, RefundOpened, RefundState, RefundVerb } from '../shapes.ts'

/** A step as the timeline shows it. */
interface Stop {
  icon: Shape
  words: string
  when?: string
  more?: string
}

const ICON: Readonly<Record<RefundVerb, Shape>> = {
  approve: 'check',
  reject: 'minus',
  pay_out: 'money',
  send_back: 'back',
  confirm: 'check',
}

/** How it ended where no officer ended it. */
const ENDS: Partial<Record<RefundState, Shape>> = { succeeded: 'check', failed: 'alert', withdrawn: 'minus' }

/** What was done, by whom, and why; `named` knows an actor's name. */
export function pastOf({ requested_by, at, decisions, state }: RefundOpened, named: (actor: string) => string): Stop[] {
  const when = (actor: string, moment: string): string =>
    say('said.by', { who: named(actor), moment: format.moment(moment) })
  const end = ENDS[state]
  return [
    { icon: 'people', words: say('step.requested'), when: when(requested_by, at) },
    ...decisions.map((one) => ({
      icon: ICON[one.verb],
      words: say(`step.${one.verb}`),
      when: when(one.by, one.at),
      more: one.reason,
    })),
    ...(end === undefined ? [] : [{ icon: end, words: say(`state.${state}`) }]),
  ]
}

/** What is still to be done. */
export function aheadOf({ state, route }: Refund): Stop[] {
  const confirm: Stop = { icon: 'people', words: say('next.confirm') }
  switch (state) {
    case 'requested':
      return [{ icon: 'people', words: say('next.approve') }]
    case 'approved':
      return route === 'manual' ? [{ icon: 'money', words: say('next.pay') }, confirm] : [{ icon: 'way', words: say('next.provider') }]
    case 'submitted':
    case 'unknown':
      return [{ icon: 'way', words: say('next.provider') }]
    case 'paid_out':
      return [confirm]
    default:
      return []
  }
}

/** Why this officer cannot take the next step; null when they can. */
export function waitsFor({ state, can }: Refund, paidByMe: boolean): string | null {
  if (state === 'paid_out' && paidByMe) return say('wait.confirm')
  if (can.length > 0) return null
  switch (state) {
    case 'requested':
      return say('wait.second')
    case 'approved':
      return say('wait.approved')
    case 'submitted':
      return say('wait.submitted')
    case 'unknown':
      return say('wait.unknown')
    case 'failed':
      return say('wait.failed')
    default:
      return say('wait.over')
  }
}
