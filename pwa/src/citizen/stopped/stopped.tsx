/** The answers end the form early: why, and the next door to knock at. */
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { pagesOf, stopOf, type FilingPage } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { pageAt, startOf, way } from '../ways.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Stopped({ dossier, definition }: Props) {
  const stop = stopOf(definition, dossier.values, today())
  if (stop === null) {
    queueMicrotask(() => go(way.dossier(dossier.id), 'replace'))
    return null
  }
  const change = asking(definition, dossier, JSON.stringify(stop.when))
  return (
    <Page title={stop.title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{stop.title}</h1>
          <p>{stop.reason}</p>
          {stop.law !== undefined && <p class="small quiet">{say('fee.law', { law: stop.law })}</p>}
        </div>
        <div class="note">
          <Icon of="door" />
          <p class="note__body">
            <b>{say('stop.next')}</b> {stop.next}
          </p>
        </div>
        {stop.procedure !== undefined && (
          <a class="btn btn--main" href={startOf(stop.procedure, dossier.unit.code, dossier.qr)}>
            {say('stop.go')} <Icon of="next" />
          </a>
        )}
        <p>
          <a class="link" href={pageAt(dossier.id, change)}>
            <Icon of="back" />
            {say('stop.change')}
          </a>
        </p>
      </div>
    </Page>
  )
}

/** The last page with a question that the stop looks at: there the answer is changed. */
function asking(definition: Definition, { values }: Dossier, when: string): FilingPage {
  const pages = pagesOf(definition, values, today())
  const asked = pages.findLast(
    (page) => page.kind === 'step' && page.fields.some(({ id }) => when.includes(`"answer":"${id}"`)),
  )
  return asked ?? { kind: 'review', id: 'review' }
}
