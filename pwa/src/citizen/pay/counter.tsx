/** Paying at the counter: what to bring; the officer's entry turns this page to paid. */
import type { Attempt } from '../../api/schema.ts'
import { codeOf } from '../../drafts/status.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/later.ts'
import { language } from '../../words/say.ts'
import * as format from '../../words/format.ts'
import { ObligationCard } from '../review/fee-card.tsx'
import { placeOf } from '../track/standing.ts'
import { way } from '../ways.ts'
import { ToClaim } from './exempt.tsx'
import { Partly, type PayProps } from './pay.tsx'
import { waysOf } from './places.ts'

export function Counter({ dossier, definition, obligation, attempt }: PayProps & { attempt: Attempt }) {
  return (
    <Page title={say('counter.title')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <h1>{say('counter.title')}</h1>
        <ObligationCard obligation={obligation} definition={definition} values={dossier.values} />
        <Partly obligation={obligation} />
        <div class="note">
          <Icon of="office" />
          <div class="note__body stack--tight">
            <p>{(language() === 'vi' && attempt.next_action?.text) || say('counter.how', { unit: dossier.unit.name })}</p>
            <p>
              {say('proof.code')} <b class="mono">{format.code(codeOf(dossier)).join(' ')}</b>
            </p>
          </div>
        </div>
        <div class="stack--tight">
          <a class="btn btn--main" href={way.follow(dossier.id)}>
            {say('proof.follow')}
          </a>
          <a class="btn btn--plain" href={waysOf(dossier.id, obligation)}>
            {say('pay.other')}
          </a>
          <ToClaim id={dossier.id} definition={definition} obligation={obligation} kind="btn btn--plain" />
        </div>
      </div>
    </Page>
  )
}
