/** One's own dossier after sending: what is asked, where it stands, money, papers. */
import { useEffect } from 'preact/hooks'

import type { Status } from '../../api/schema.ts'
import { isSent, type Dossier } from '../../drafts/dossier.ts'
import { codeOf, useStatus } from '../../drafts/status.ts'
import type { Definition } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { askedNow } from '../pay/offer.ts'
import { Call } from '../beside/call.tsx'
import { NotExempt } from '../pay/exempt.tsx'
import { moneyWords } from '../pay/settled.tsx'
import { Check } from '../receipt/check.tsx'
import { SavePaper } from '../receipt/receipt.tsx'
import { AskCard } from '../supplement/ask-card.tsx'
import { Coming, Empty, Offline } from '../trouble.tsx'
import { way } from '../ways.ts'
import { EndedCard } from './end.ts'
import { expectedAt, expectedIf } from './expected.ts'
import { FeePapers } from './fee-papers.tsx'
import { endOf, owedWords, placeOf, wasAccepted } from './standing.ts'
import { Timeline } from './timeline.tsx'
import { ToCome } from './to-come.tsx'
import { Wipe } from './wipe.tsx'

interface Props {
  dossier: Dossier
  definition: Definition
}

const WITHDRAWABLE = ['submitted', 'accepted', 'processing', 'supplement_requested']
const WITH_SLIP = ['accepted', 'processing', 'supplement_requested', 'result_ready', 'returned']

export function Follow({ dossier, definition }: Props) {
  const { freshness, ask } = useStatus(dossier, 15)
  const { unit } = dossier
  /** What was heard before sending says nothing of where a sent dossier stands. */
  const status = dossier.status?.state === 'draft' ? null : dossier.status
  useEffect(() => {
    if (!isSent(dossier)) go(way.dossier(dossier.id), 'replace')
  }, [])
  const code = codeOf(dossier)
  return (
    <Page title={say('track.page')} unit={unit.name} where={placeOf(status, dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <p class="small quiet">
            {say('proof.code')} <b class="mono">{format.code(code).join(' ')}</b>
          </p>
          <h1>{definition.title}</h1>
        </div>
        {status === null && freshness === 'asking' && <Coming />}
        {status === null && freshness === 'offline' && <Offline within again={ask} />}
        {freshness === 'refused' && (
          <Empty within icon="lock" title={say('link.moved')} words={say('link.moved.more')}>
            <a class="btn btn--main" href={`/tra-cuu#${code}`}>
              {say('look.title')}
            </a>
          </Empty>
        )}
        {status !== null && freshness !== 'refused' && (
          <>
            {freshness === 'offline' && (
              <p class="tag tag--wait" role="status">
                <Icon of="cut" />
                {say('track.offline')}
              </p>
            )}
            {status.state === 'result_ready' && (
              <div class="note note--safe">
                <Icon of="safe" />
                <p class="note__body">
                  {say('next.result_ready')} {say('track.at', { unit: unit.name })}
                </p>
              </div>
            )}
            {endOf(status.state) !== null && <EndedCard dossier={dossier} definition={definition} status={status} />}
            {status.supplement && <AskCard dossier={dossier} definition={definition} asked={status.supplement} />}
            <ToCome dossier={dossier} definition={definition} />
            <Money dossier={dossier} status={status} />
            <section class="stack">
              <h2>{say('track.where')}</h2>
              <Timeline
                steps={status.timeline}
                state={status.state}
                due={status.due_at ?? expectedAt(status)}
                promised={status.due_at !== null}
                paused={status.paused}
              />
              {status.due_at === null && expectedAt(status) !== null && status.state === 'submitted' && (
                <p class="small quiet">{expectedIf(status)}</p>
              )}
              {status.provisional && <p class="small quiet">{say('due.provisional')}</p>}
            </section>
            <Papers dossier={dossier} status={status} />
          </>
        )}
        <Wipe dossier={dossier} />
      </div>
    </Page>
  )
}

function Money({ dossier, status }: { dossier: Dossier; status: Status }) {
  const { obligation, state, supplement } = status
  if (obligation === null) return null
  const due = askedNow(obligation)
  const looked = obligation.state === 'open' && obligation.paid > 0 && due === 0
  const owed = owedWords(status, obligation)
  const first = supplement === null
  return (
    <section class="card stack--tight">
      <h2 class="side side--mid side--wrap">
        <Icon of="money" /> <span class="side__fill">{looked ? say('pay.review.title') : moneyWords(obligation, state)}</span>
      </h2>
      {looked && <p>{say('pay.review')}</p>}
      {looked && <Call unit={dossier.unit} />}
      {owed !== null && <p>{owed}</p>}
      <NotExempt obligation={obligation} />
      {due > 0 ? (
        <a class={first ? 'btn btn--main' : 'btn'} href={way.pay(dossier.id)}>
          <span>
            {say('pay.button')} {format.money(due)}
          </span>
        </a>
      ) : (
        <a class="link" href={way.pay(dossier.id)}>
          {say('track.money')}
        </a>
      )}
      {obligation.paid > 0 && <FeePapers dossier={dossier} />}
    </section>
  )
}

function Papers({ dossier, status }: { dossier: Dossier; status: Status }) {
  return (
    <div class="stack">
      {dossier.proof === null ? (
        <Check dossier={dossier} />
      ) : (
        <a class="btn" href={way.proof(dossier.id)}>
          <Icon of="safe" />
          {say('track.proof')}
        </a>
      )}
      {/* The slip exists from acceptance on, also where there is no due date. */}
      {wasAccepted(status) && WITH_SLIP.includes(status.state) && <SavePaper dossier={dossier} what="slip" words={say('track.slip')} />}
      {WITHDRAWABLE.includes(status.state) && (
        <a class="btn btn--plain" href={way.withdraw(dossier.id)}>
          {say('withdraw.open')}
        </a>
      )}
    </div>
  )
}
