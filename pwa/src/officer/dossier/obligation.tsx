/** What is owed (phí, lệ phí): lines with their basis, tries to pay, quoting and collecting. */
import type { Obligation } from '../../api/schema.ts'
import type { Exemption, Fee } from '../../form/definition.ts'
import { lineLaw, lineName } from '../../form/fee-name.ts'
import '../../parts/fee/fee.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { say as sayExempt } from '../../words/officer-exempt.ts'
import * as format from '../../words/format.ts'
import { say as sayMoney } from '../../words/officer-money.ts'
import { say } from '../../words/officer.ts'
import type { ExemptionClaim, Full } from '../shapes.ts'
import { adapterName, FeeTag } from '../signs.tsx'
import { way } from '../ways.ts'
import { CollectForm } from './collect-form.tsx'
import { ExemptForm } from './exempt-form.tsx'
import { groupsOf, stepsAt } from './exempting.ts'
import { focusSoon } from './form.tsx'
import { QuoteForm } from './quote-form.tsx'
import { ReceiptsCard } from './receipts.tsx'

/** A form of money that is open. */
export type Way = 'quote' | 'collect' | 'exempt'

interface Props {
  full: Full
  /** What the form that it was filed on says of the fee; null until it is there. */
  fee: Fee | null
  open: Way | null
  setOpen: (way: Way | null) => void
  done: (full: Full, words: string) => void
  reload: () => void
}

const TITLE = 'phi'
const COLLECTABLE = ['open', 'exemption_review', 'expired']

const groupsNow = ({ obligation, exemption_claim: claim }: Full, fee: Fee | null): readonly Exemption[] =>
  obligation !== null && stepsAt(obligation.state, claim !== null).length > 0 ? groupsOf(fee) : []

/** The form that stands open: one that was left open may be offered no more. */
export function wayOpen(chosen: Way | null, full: Full, fee: Fee | null): Way | null {
  const gone = full.obligation === null || (chosen === 'exempt' && groupsNow(full, fee).length === 0)
  return gone ? null : chosen
}

export function ObligationCard({ full, fee, open, setOpen, done, reload }: Props) {
  const { obligation } = full
  const groups = groupsNow(full, fee)
  const finish = (after: Full, words: string): void => {
    setOpen(null)
    done(after, words)
    focusSoon(TITLE)
  }
  const cancel = (): void => {
    setOpen(null)
    focusSoon(TITLE)
  }
  return (
    <section class="card stack" aria-labelledby={TITLE}>
      <div class="card__head">
        <h2 id={TITLE} tabindex={-1}>
          {say('obligation.title')}
        </h2>
        <FeeTag fee={obligation} brief />
      </div>
      {obligation === null ? (
        <p class="small quiet">{say('obligation.none')}</p>
      ) : (
        <>
          <Lines obligation={obligation} fee={fee} />
          {full.changed?.fee && <Changed fee={full.changed.fee} written={obligation.amount} />}
          {full.exemption_claim !== null && <Claim claim={full.exemption_claim} />}
          {open === null && <Ways full={full} obligation={obligation} exempts={groups.length > 0} open={setOpen} />}
          {open === 'quote' && (
            <QuoteForm full={full} obligation={obligation} done={finish} cancel={cancel} reload={reload} />
          )}
          {open === 'collect' && (
            <CollectForm full={full} amount={obligation.due ?? obligation.amount ?? 0} done={finish} cancel={cancel} reload={reload} />
          )}
          {open === 'exempt' && (
            <ExemptForm full={full} obligation={obligation} groups={groups} done={finish} cancel={cancel} reload={reload} />
          )}
          {obligation.paid > 0 && <ReceiptsCard key={full.code} code={full.code} />}
          {full.provider_bill && (
            <a class="link" href={full.provider_bill}>
              <Icon of="save" />
              {say('obligation.bill')}
            </a>
          )}
          <Tries full={full} />
        </>
      )}
    </section>
  )
}

/** The citizen answered anew what the fee hangs on: it stays as it is until an officer sets it. */
function Changed({ fee, written }: { fee: { amount: number }; written: number | null }) {
  return (
    <p class="note note--wait small">
      <Icon of="alert" />
      <span class="note__body">
        {sayMoney('obligation.changed', { amount: format.money(fee.amount), written: format.money(written ?? 0) })}
      </span>
    </p>
  )
}

/** As the citizen wrote it, in Vietnamese whatever the officer reads. */
function Claim({ claim: { words, evidence } }: { claim: ExemptionClaim }) {
  return (
    <div class="small">
      <p>{sayExempt('exempt.claimed')}</p>
      <p lang="vi">
        <b>{words}</b>
      </p>
      {evidence !== '' && (
        <p class="as-written" lang="vi">
          {evidence}
        </p>
      )}
    </div>
  )
}

function Lines({ obligation, fee }: { obligation: Obligation; fee: Fee | null }) {
  const { lines, amount, paid, state } = obligation
  const laws = [...new Set(lines.map(({ law }) => law).filter((law) => law !== null))]
  const basis = laws.map((law) => ({ law, said: lineLaw(fee, law) }))
  return (
    <div>
      {state === 'unquoted' && <p class="small">{say('obligation.unknown')}</p>}
      {lines.length > 0 && (
        <table class="fee__lines">
          <caption class="unseen">{say('obligation.lines')}</caption>
          <tbody>
            {lines.map((line, index) => (
              <tr key={index}>
                <th scope="row">
                  <span lang={lineName(fee, line.name) === line.name ? 'vi' : undefined}>{lineName(fee, line.name)}</span> <span class="quiet">({say(`kind.${line.kind}`)})</span>
                  {line.unit_amount !== null && line.quantity !== 1 && (
                    <span class="table__sub num">
                      {line.quantity} × {format.money(line.unit_amount)}
                    </span>
                  )}
                </th>
                <td class="num">{line.amount === null ? '–' : format.money(line.amount)}</td>
              </tr>
            ))}
            {amount !== null && (
              <tr>
                <th scope="row">
                  <b>{say('obligation.sum')}</b>
                </th>
                <td class="num">
                  <b>{format.money(amount)}</b>
                </td>
              </tr>
            )}
          </tbody>
        </table>
      )}
      {basis.map(({ law, said }) => (
        <p key={law} class="small quiet" lang={said === law ? 'vi' : undefined}>
          {said}
        </p>
      ))}
      {paid > 0 && <Received obligation={obligation} />}
    </div>
  )
}

/** What has come: whether it settles the fee, waits for an officer, or is too much. */
function Received({ obligation: { state, amount, paid, due = 0 } }: { obligation: Obligation }) {
  const waits = due > 0 && due === amount
  const surplus = state === 'refund_due' || state === 'partly_refunded'
  return (
    <>
      <p class="small num">
        {say('obligation.received', { amount: format.money(paid) })}
        {due > 0 && !waits && <>, {say('obligation.rest', { amount: format.money(due) })}</>}
      </p>
      {waits && <p class="small">{say('obligation.waits')}</p>}
      {(waits || surplus) && (
        <a class="link small" href={waits ? way.money : way.refunds}>
          {say(waits ? 'obligation.to.money' : 'obligation.to.refunds')}
        </a>
      )}
    </>
  )
}

interface WaysProps {
  full: Full
  obligation: Obligation
  exempts: boolean
  open: (way: Way) => void
}

function Ways({ full, obligation, exempts, open }: WaysProps) {
  const { state, amount, paid } = obligation
  const collectable = COLLECTABLE.includes(state) && amount !== null && amount > 0
  const changed = Boolean(full.changed?.fee)
  const quotable = state === 'unquoted' || changed || (collectable && paid === 0)
  if (!collectable && !quotable && !exempts) return null
  return (
    <div class="stack--tight">
      {collectable && (
        <button class="btn" type="button" onClick={() => open('collect')}>
          <Icon of="money" />
          {say('collect.do')}
        </button>
      )}
      {quotable && (
        <button class={state === 'unquoted' || changed ? 'btn' : 'btn btn--plain'} type="button" onClick={() => open('quote')}>
          {state === 'unquoted' && <Icon of="pen" />}
          {say(state === 'unquoted' ? 'quote.do' : 'quote.again')}
        </button>
      )}
      {exempts && (
        <button class="btn btn--plain" type="button" onClick={() => open('exempt')}>
          {sayExempt('exempt.do')}
        </button>
      )}
    </div>
  )
}

function Tries({ full: { attempts } }: { full: Full }) {
  if (attempts.length === 0) return null
  return (
    <details class="more">
      <summary>
        <Icon of="next" />
        {say('obligation.tries')}
      </summary>
      <ul class="more__body small">
        {attempts.map((one) => (
          <li key={one.attempt}>
            {adapterName(one.adapter)}: {say(`attempt.${one.state}`)}
          </li>
        ))}
      </ul>
    </details>
  )
}
