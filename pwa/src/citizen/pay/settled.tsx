/** Nothing is to pay now: paid, free, not yet known, or on its way back. */
import type { DossierState, Obligation } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { Call } from '../beside/call.tsx'
import { ObligationCard } from '../review/fee-card.tsx'
import { SavePaper } from '../receipt/receipt.tsx'
import { endOf, placeOf } from '../track/standing.ts'
import { way } from '../ways.ts'
import { dueNow } from './offer.ts'
import { EXEMPT, WAYS } from './places.ts'

/** Paid more than was due: what comes back. */
const extra = ({ paid, amount }: Obligation): number => paid - (amount ?? 0)

export function moneyWords(obligation: Obligation | null, dossier: DossierState | null): string {
  if (obligation === null || obligation.state === 'nothing_due') return say('fee.free')
  const { state, paid, amount } = obligation
  switch (state) {
    case 'paid':
      return say('pay.done', { amount: format.money(amount ?? paid) })
    case 'refund_due':
      if (endOf(dossier) !== null) return say('pay.back', { amount: format.money(paid) })
      return say('pay.double', { extra: format.money(Math.max(0, extra(obligation))) })
    case 'unquoted':
      return say('fee.unknown')
    case 'open':
      return say('pay.open', { amount: format.money(dueNow(obligation)) })
    default:
      return say(`money.${state}`)
  }
}

interface SettledProps {
  dossier: Dossier
  definition: Definition
  obligation: Obligation | null
}

export function Settled({ dossier, definition, obligation }: SettledProps) {
  const ended = endOf(dossier.status?.state) !== null
  const words = moneyWords(obligation, dossier.status?.state ?? null)
  const over = obligation !== null && obligation.state === 'paid' && extra(obligation) > 0
  const review = obligation?.state === 'exemption_review'
  const safe = obligation?.state !== 'unquoted' && !review
  return (
    <Page title={words} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <div class={safe && !ended ? 'note note--safe' : 'note note--wait'} role="status">
          <Icon of={ended ? 'money' : safe ? 'safe' : 'hourglass'} />
          <div class="note__body stack--tight">
            <h1 class="h2">{words}</h1>
            {ended ? (
              (obligation?.paid ?? 0) > 0 && <Call unit={dossier.unit} />
            ) : (
              <p>{say(review ? 'pay.review.more' : safe ? 'pay.done.more' : 'fee.unknown.more', { unit: dossier.unit.name })}</p>
            )}
          </div>
        </div>
        {over && obligation !== null && (
          <div class="note note--wait">
            <Icon of="money" />
            <p class="note__body">{say('pay.double', { extra: format.money(extra(obligation)) })}</p>
          </div>
        )}
        {obligation !== null && (safe || review) && <ObligationCard obligation={obligation} definition={definition} values={dossier.values} />}
        <div class="stack--tight">
          <a class="btn btn--main" href={way.follow(dossier.id)}>
            {say('proof.follow')}
          </a>
          {review && (
            <>
              {definition.fee?.exempt && (
                <a class="btn" href={way.payBy(dossier.id, EXEMPT)}>
                  <Icon of="pen" />
                  {say('pay.review.change')}
                </a>
              )}
              <a class="btn btn--plain" href={way.payBy(dossier.id, WAYS)}>
                {say('pay.review.pay')}
              </a>
            </>
          )}
          <SavePaper dossier={dossier} what="receipt" words={say('proof.save')} />
        </div>
      </div>
    </Page>
  )
}
