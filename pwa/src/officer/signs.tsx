/** States in words, signs and colours: the same on every page of the desk. */
import type { DossierState, ObligationState } from '../api/schema.ts'
import { Tag, type Sign } from '../parts/desk/tag.tsx'
import { Icon } from '../parts/icon/icon.tsx'
import type { Shape } from '../parts/icon/shapes.ts'
import * as format from '../words/format.ts'
import { say } from '../words/officer.ts'
import { deadlineOf, type Deadline, type Timed } from './inbox/deadline.ts'
import type { Channel, PaperCount } from './shapes.ts'

const STATE: Readonly<Record<DossierState, Pick<Sign, 'tone' | 'icon'>>> = {
  draft: { tone: 'plain', icon: 'phone' },
  submitted: { tone: 'wait', icon: 'office' },
  accepted: { tone: 'way', icon: 'hourglass' },
  processing: { tone: 'way', icon: 'people' },
  supplement_requested: { tone: 'plain', icon: 'pen' },
  result_ready: { tone: 'wait', icon: 'door' },
  returned: { tone: 'safe', icon: 'door' },
  declined: { tone: 'plain', icon: 'minus' },
  withdrawn: { tone: 'plain', icon: 'back' },
  stopped: { tone: 'plain', icon: 'minus' },
  expired: { tone: 'plain', icon: 'clock' },
}

export function StateTag({ state }: { state: DossierState }) {
  return <Tag {...STATE[state]} words={say(`state.${state}`)} />
}

const short = (moment: string): string => format.day(moment).slice(0, 5)
const hourDay = (moment: string): string => `${format.hour(moment)} ${short(moment)}`

function dueSign(deadline: Deadline): Sign {
  switch (deadline.is) {
    case 'none':
      return { tone: 'plain', icon: 'minus', words: say('due.none') }
    case 'asked':
      return { tone: 'plain', icon: 'hourglass', words: say('due.asked') }
    case 'paused':
      return { tone: 'plain', icon: 'hourglass', words: say('due.paused') }
    case 'over':
      return { tone: 'plain', icon: 'calendar', words: short(deadline.at) }
    case 'waiting':
      return { tone: 'late', icon: 'alert', words: waited(deadline) }
    case 'late':
      return { tone: 'late', icon: 'alert', words: lateness(deadline) }
    case 'minutes':
      return { tone: 'wait', icon: 'clock', words: say('due.minutes', { count: deadline.minutes }) }
    case 'today':
      return { tone: 'wait', icon: 'clock', words: say('due.today', { hour: format.hour(deadline.at) }) }
    case 'later':
      return { tone: 'plain', icon: 'calendar', words: short(deadline.at) }
  }
}

function waited({ days, hours }: Extract<Deadline, { is: 'waiting' }>): string {
  return days > 0 ? say('due.wait.days', { count: days }) : say('due.wait.hours', { count: hours })
}

function lateness({ days, hours, minutes }: Extract<Deadline, { is: 'late' }>): string {
  if (days > 0) return say('due.late.days', { count: days })
  return hours > 0 ? say('due.late.hours', { count: hours }) : say('due.late.minutes', { count: minutes })
}

/** The hour of today, the day of any other. */
const sentAt = (moment: string, now: number): string =>
  format.day(moment) === format.day(now) ? format.hour(moment) : short(moment)

/** The second line: what the tag leaves open. */
function dueMore(deadline: Deadline, sent: string | null, now: number): string | null {
  if (deadline.is === 'paused' || deadline.is === 'asked') return say('due.paused.more')
  if (deadline.is === 'none' || deadline.is === 'over') return null
  if (deadline.is === 'waiting') return say('due.sent', { moment: hourDay(deadline.since) })
  if (deadline.is === 'late') return say('due.at', { hour: format.hour(deadline.at), day: short(deadline.at) })
  if (deadline.expected && sent !== null) return say('due.expected', { moment: sentAt(sent, now) })
  if (deadline.is === 'later') return say('due.left', { count: deadline.days })
  return deadline.is === 'minutes' ? say('due.at', { hour: format.hour(deadline.at), day: short(deadline.at) }) : null
}

/** The deadline comes first in every line; late red, today ochre, later plain. */
export function Due({ dossier, now }: { dossier: Timed; now: number }) {
  const deadline = deadlineOf(dossier, now)
  const more = dueMore(deadline, dossier.submitted_at, now)
  return (
    <>
      <Tag {...dueSign(deadline)} />
      {more !== null && <span class="table__sub num">{more}</span>}
    </>
  )
}

export function PapersTag({ papers: { have, need }, held = false }: { papers: PaperCount; held?: boolean }) {
  if (held) return <Tag tone="wait" icon="camera" words={say('papers.held')} />
  if (need === 0) return <Tag tone="plain" icon="minus" words={say('papers.none')} />
  if (have < need) return <Tag tone="late" icon="alert" words={say('papers.short', { have, need })} />
  return <Tag tone="safe" icon="check" words={say('papers.all', { have, need })} />
}

interface Fee {
  state: ObligationState
  amount: number | null
}

const FEE: Readonly<Record<ObligationState, Pick<Sign, 'tone' | 'icon'>>> = {
  unquoted: { tone: 'wait', icon: 'pen' },
  open: { tone: 'wait', icon: 'clock' },
  paid: { tone: 'safe', icon: 'check' },
  exemption_review: { tone: 'wait', icon: 'hourglass' },
  exempt: { tone: 'plain', icon: 'minus' },
  nothing_due: { tone: 'plain', icon: 'minus' },
  refund_due: { tone: 'late', icon: 'alert' },
  partly_refunded: { tone: 'way', icon: 'money' },
  refunded: { tone: 'plain', icon: 'money' },
  cancelled: { tone: 'plain', icon: 'minus' },
  expired: { tone: 'plain', icon: 'clock' },
}

function feeWords({ state, amount }: Fee, brief: boolean): string {
  const sum = format.money(amount ?? 0)
  if (state === 'nothing_due') return say('fee.none')
  if (state === 'open') return say('fee.open', { amount: sum })
  if (state === 'paid') return brief ? say('fee.paid.short') : say('fee.paid', { amount: sum })
  return say(`fee.${state}`)
}

export function FeeTag({ fee, brief = false }: { fee: Fee | null; brief?: boolean }) {
  if (fee === null) return <Tag tone="plain" icon="minus" words={say('fee.none')} />
  return <Tag {...FEE[fee.state]} words={feeWords(fee, brief)} />
}

const CHANNEL: Readonly<Record<Channel, Shape>> = {
  online: 'phone',
  assisted: 'people',
  direct: 'office',
  post: 'paper',
}

export function ChannelWords({ channel }: { channel: Channel }) {
  return (
    <span class="table__how">
      <Icon of={CHANNEL[channel]} size="s" />
      <span>{say(`channel.${channel}`)}</span>
    </span>
  )
}

/** A dossier code in its three groups, read out as one. */
export function Code({ code }: { code: string }) {
  return <span class="mono">{format.code(code).join(' ')}</span>
}

const ADAPTERS = ['vietqr', 'bank_notice', 'sandbox', 'counter', 'momo', 'payos', 'payplat', 'vnpay', 'zalopay'] as const

/** An adapter by its plain name; one that is not ours keeps its id. */
export function adapterName(id: string): string {
  const known = ADAPTERS.find((one) => one === id)
  return known === undefined ? id : say(`adapter.${known}`)
}
