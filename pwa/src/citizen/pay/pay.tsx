/** Paying: choose a way, then what that way asks; the truth always comes from the server. */
import type { Attempt, Obligation } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { startPayment, useStatus } from '../../drafts/status.ts'
import type { Definition, Exemption } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { ObligationCard } from '../review/fee-card.tsx'
import { Coming } from '../trouble.tsx'
import { placeOf } from '../track/standing.ts'
import { way } from '../ways.ts'
import { ByBank, InReview } from './by-bank.tsx'
import { Next, useChoice, Warning, Ways, WentWrong } from './choosing.tsx'
import { Counter } from './counter.tsx'
import { NotExempt, ToClaim } from './exempt.tsx'
import { isOrdered, useLongStay } from './long-stay.ts'
import { downOf, lastTry, partPaid, screenOf } from './offer.ts'
import { EXEMPT, RELATIVE, waysOf } from './places.ts'
import { Settled } from './settled.tsx'

/** Most people pay themselves; the link for a relative comes when it is wanted. */
const Lend = lazy<{ dossier: Dossier; obligation: Obligation }>(async () => (await import('../lend/lend.tsx')).Lend)

/** Few people are exempt, so the question comes when it is wanted. */
const Claim = lazy<{ dossier: Dossier; obligation: Obligation; definition: Definition; groups: readonly Exemption[] }>(
  async () => (await import('../exempt/claim.tsx')).Claim,
)

interface Props {
  dossier: Dossier
  definition: Definition
  /** The way chosen, in the address, so that a reload shows the same page. */
  by: string | null
}

/** Obligations that ask for no money (any more). */
const QUIET = ['paid', 'exempt', 'nothing_due', 'refund_due', 'partly_refunded', 'refunded', 'cancelled', 'unquoted']

/** While an exemption is looked at nothing is asked for, but who wants to pay after all may. */
const isQuiet = (state: Obligation['state'], by: string | null): boolean =>
  QUIET.includes(state) || (state === 'exemption_review' && by === null)

export function Pay({ dossier, definition, by }: Props) {
  const { fee } = definition
  const { freshness, ask } = useStatus(dossier, 3)
  const obligation = dossier.status?.obligation ?? dossier.proof?.obligation ?? null
  const attempts = dossier.status?.attempts ?? []
  useLongStay(isOrdered(dossier.status))
  if (obligation === null && freshness === 'asking') return <Coming />
  if (obligation === null || isQuiet(obligation.state, by)) return <Settled dossier={dossier} definition={definition} obligation={obligation} />
  if (obligation.amount !== null && obligation.paid >= Math.max(1, obligation.amount)) return <InReview dossier={dossier} obligation={obligation} />
  if (by === EXEMPT && fee?.exempt) return <Claim dossier={dossier} obligation={obligation} definition={definition} groups={fee.exempt} />
  if (by === RELATIVE) return <Lend dossier={dossier} obligation={obligation} />
  const live = lastTry(attempts, by)
  const shared = { dossier, definition, obligation, freshness, ask }
  if (live === undefined && freshness === 'asking' && !dossier.status?.ways?.length) return <Coming />
  if (by === null && partPaid(obligation) === 'looked at') return <InReview dossier={dossier} obligation={obligation} />
  if (by === null || live === undefined) return <Choose {...shared} attempts={attempts} wanted={by} />
  const screen = screenOf(live)
  if (screen === 'bank') return <ByBank {...shared} attempt={live} />
  return screen === 'away' ? <Away {...shared} attempt={live} /> : <Counter {...shared} attempt={live} />
}

export interface PayProps {
  dossier: Dossier
  definition: Definition
  obligation: Obligation
  freshness: string
  ask: () => void
}

type Choosing = PayProps & { attempts: readonly Attempt[]; wanted: string | null }

function Choose({ dossier, definition, obligation, freshness, attempts, wanted }: Choosing) {
  const deciding = attempts.find(({ state }) => state === 'unknown')
  const choice = useChoice(dossier.status?.ways ?? [], wanted, {
    start: (adapter) => startPayment(dossier, adapter),
    begun: (attempt, adapter) => started(dossier, attempt, adapter),
  })
  const { chosen } = choice
  const resting = dossier.status?.ways_down ?? []
  const down = downOf(resting, choice.picked)

  return (
    <Page title={say('pay.choose')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <h1>{say('pay.choose')}</h1>
        <div class="stack--tight">
          <ObligationCard obligation={obligation} definition={definition} values={dossier.values} />
          <NotExempt obligation={obligation} />
          <ToClaim id={dossier.id} definition={definition} obligation={obligation} />
        </div>
        <Partly obligation={obligation} />
        {deciding !== undefined && (
          <div class="note" role="status">
            <Icon of="hourglass" />
            <p class="note__body">{say('pay.unsure')}</p>
          </div>
        )}
        {down !== null && chosen !== null && (
          <div class="note note--wait" role="status">
            <Icon of="hourglass" />
            <p class="note__body">{say('pay.down', { way: down.name })}</p>
          </div>
        )}
        <form class="stack--wide" onSubmit={(event) => void choice.begin(event)}>
          {chosen === null ? (
            <div class="note note--wait" role="status">
              <Icon of="office" />
              <p class="note__body">{say(freshness === 'offline' ? 'pay.offline' : resting.length > 0 ? 'pay.down.all' : 'pay.none')}</p>
            </div>
          ) : (
            <Ways choice={choice} hint={say('pay.safe')} />
          )}
          <WentWrong words={choice.words} />
          <div class="stack--tight">
            <Next chosen={chosen} busy={choice.busy} />
            <a class="btn" href={way.payBy(dossier.id, RELATIVE)}>
              <Icon of="people" />
              {say('pay.relative')}
            </a>
            <a class="btn btn--plain" href={way.proof(dossier.id)}>
              {say('pay.notNow')}
            </a>
            <Warning />
          </div>
        </form>
      </div>
    </Page>
  )
}

/** Keep the attempt with the dossier, so that coming back finds it, then go where it leads. */
async function started(dossier: Dossier, attempt: Attempt, adapter: string): Promise<void> {
  const known = { ...attempt, adapter: attempt.adapter ?? adapter }
  await book.change(dossier.id, (now) => ({
    ...now,
    status:
      now.status === null
        ? null
        : { ...now.status, attempts: [...now.status.attempts.filter((one) => one.attempt !== known.attempt), known] },
  }))
  go(way.payBy(dossier.id, adapter))
  const { next_action: action } = attempt
  if (action?.kind === 'redirect' && action.url) location.assign(action.url)
}

/** Money came, but not as much as is due. */
export function Partly({ obligation }: { obligation: Obligation }) {
  const part = partPaid(obligation)
  if (part === null) return null
  const { paid } = obligation
  const missing = format.money((obligation.amount ?? 0) - paid)
  return (
    <div class="note note--wait" role="status">
      <Icon of="money" />
      <p class="note__body">
        {part === 'counts' ? say('pay.rest', { paid: format.money(paid), missing }) : say('pay.short', { missing })}
      </p>
    </div>
  )
}

const OVER = ['failed', 'expired', 'expired_unverified'] as const

/** The person is, or was, on the provider's own pages. */
function Away({ dossier, definition, obligation, attempt, ask }: PayProps & { attempt: Attempt }) {
  const over = OVER.find((state) => state === attempt.state)
  const url = attempt.next_action?.url
  const title = over !== undefined ? say(`attempt.${over}`) : say(attempt.state === 'unknown' ? 'pay.checking' : 'pay.away')
  return (
    <Page title={title} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <h1>{title}</h1>
        <ObligationCard obligation={obligation} definition={definition} values={dossier.values} />
        <Partly obligation={obligation} />
        {over === undefined && (
          <div class="note" role="status">
            <span class="side side--mid">
              <span class="pulse" />
            </span>
            <p class="note__body">{attempt.state === 'unknown' ? say('pay.unsure') : say('pay.away.more')}</p>
          </div>
        )}
        <div class="stack--tight">
          {over !== undefined && <Another id={dossier.id} obligation={obligation} kind="btn btn--main" />}
          {over === undefined && url && (
            <a class="btn btn--main" href={url}>
              {say('pay.away.open')} <Icon of="next" />
            </a>
          )}
          <button class="btn" type="button" onClick={ask}>
            <Icon of="again" />
            {say('pay.ask')}
          </button>
          {over === undefined && <Another id={dossier.id} obligation={obligation} kind="btn btn--plain" />}
          <ToClaim id={dossier.id} definition={definition} obligation={obligation} kind="btn btn--plain" />
        </div>
      </div>
    </Page>
  )
}

function Another({ id, obligation, kind }: { id: string; obligation: Obligation; kind: string }) {
  return (
    <a class={kind} href={waysOf(id, obligation)}>
      {say('pay.other')}
    </a>
  )
}
