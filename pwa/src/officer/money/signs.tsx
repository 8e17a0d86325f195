/** Pieces that the pages of money share: age, people, refusals, what was done. */
import type { ComponentChildren } from 'preact'

import { Tag, type Sign } from '../../parts/desk/tag.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/officer-money.ts'
import type { Money, Names, RefundState } from '../shapes.ts'
import { adapterName } from '../signs.tsx'
import { officerSaid } from './names.ts'
import type { Refusal } from './refused.ts'

/** From so many days on it waits too long. */
const LONG = 3

export function Age({ days }: { days: number }) {
  if (days >= LONG) return <Tag tone="late" icon="alert" words={say('age.long', { count: days })} />
  return <span class="quiet">{days === 0 ? say('age.today') : say('age.days', { count: days })}</span>
}

/** Who acted; the machine and payment channels by their names. */
export function whoIs(actor: string, names: Names, titles?: Names): string {
  const [kind, id = ''] = actor.split(':')
  if (actor === 'system') return say('who.system')
  return kind === 'adapter' ? adapterName(id) : officerSaid(actor, names, titles)
}

export const isOwn = (actor: string | null, login: string): boolean => actor === `officer:${login}`

const REFUND: Readonly<Record<RefundState, Pick<Sign, 'tone' | 'icon'>>> = {
  requested: { tone: 'wait', icon: 'people' },
  approved: { tone: 'wait', icon: 'money' },
  rejected: { tone: 'plain', icon: 'minus' },
  submitted: { tone: 'way', icon: 'way' },
  unknown: { tone: 'way', icon: 'hourglass' },
  succeeded: { tone: 'safe', icon: 'check' },
  failed: { tone: 'late', icon: 'alert' },
  paid_out: { tone: 'wait', icon: 'people' },
  confirmed: { tone: 'safe', icon: 'check' },
  withdrawn: { tone: 'plain', icon: 'minus' },
}

export function RefundTag({ state }: { state: RefundState }) {
  return <Tag {...REFUND[state]} words={say(`state.${state}`)} />
}

const BECAUSE = ['unmatched', 'second', 'over', 'ended', 'exempt', 'nothing_due'] as const

export function because(reason: string): string {
  const known = BECAUSE.find((one) => one === reason)
  return known === undefined ? reason : say(`because.${known}`)
}

/** Why it was refused; the page has been read anew where that is the way on. */
export function Refused({ refusal, again }: { refusal: Refusal | null; again: () => unknown }) {
  if (refusal === null) return null
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <div class="note__body stack--tight">
        <p>
          <b>{say(`refused.${refusal.why}`)}</b>
          {refusal.reload && refusal.why !== 'lost' && <> {say('refused.kept')}</>}
        </p>
        {refusal.why === 'lost' && (
          <button class="btn" type="button" onClick={() => void again()}>
            <Icon of="again" />
            {say('refused.reload')}
          </button>
        )}
      </div>
    </div>
  )
}

/** One line of facts. */
export function Fact({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div class="answer">
      <dt>{name}</dt>
      <dd class="answer__said">{children}</dd>
    </div>
  )
}

/** What the server leaves of a text without digits. */
const ALL_HIDDEN = '…'

/** The text of a transfer; where others share the account, what is left of it and why. */
export function Memo({ money: { memo, masked }, none }: { money: Pick<Money, 'memo' | 'masked'>; none: string }) {
  if (masked && memo === ALL_HIDDEN) return <span class="table__sub">{say('memo.hidden')}</span>
  return (
    <>
      <span class="table__memo">{memo ?? none}</span>
      {masked && <span class="table__sub">{say('memo.masked')}</span>}
    </>
  )
}

/** That it is done, where the form stood. */
export function Done({ words }: { words: string | null }) {
  return (
    <div role="status">
      {words !== null && (
        <div class="note note--safe">
          <Icon of="check" />
          <p class="note__body">{words}</p>
        </div>
      )}
    </div>
  )
}
