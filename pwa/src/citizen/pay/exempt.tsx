/** On the pages of paying: saying that one pays nothing, and that the ward refused it. */
import type { Obligation } from '../../api/schema.ts'
import type { Definition } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/later.ts'
import { way } from '../ways.ts'
import { EXEMPT } from './places.ts'

interface ToClaimProps {
  id: string
  definition: Definition
  obligation: Obligation
  kind?: string
}

/** Only where the procedure has groups, and none was named yet. */
export function ToClaim({ id, definition: { fee }, obligation, kind = 'link' }: ToClaimProps) {
  if (!fee?.exempt?.length || obligation.state === 'exemption_review') return null
  return (
    <a class={kind} href={way.payBy(id, EXEMPT)}>
      {say('pay.exempt')}
    </a>
  )
}

/** A day stands in `pay_until` only where an exemption was refused. */
export function NotExempt({ obligation: { state, pay_until: until } }: { obligation: Obligation }) {
  if (state !== 'open' || !until) return null
  return (
    <div class="note">
      <Icon of="info" />
      <p class="note__body">{say('pay.notExempt', { day: format.day(until) })}</p>
    </div>
  )
}
