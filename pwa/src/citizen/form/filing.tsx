/** Which page of a dossier is open (`/ho-so#ID/…`). */
import { filesOf, isApart, isSent, type Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { firstOpen } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/first.ts'
import { Coming, Empty } from '../trouble.tsx'
import { way } from '../ways.ts'
import { pageAt, StepPage } from './step.tsx'
import { useFiling } from './use-filing.ts'

interface Opened {
  dossier: Dossier
  definition: Definition
}

export interface OnwardProps extends Opened {
  part: string
  name: string
  editing: boolean
}

const Onward = lazy<OnwardProps>(async () => (await import('../onward.tsx')).Onward)

/** All pages after the questions come together, ahead of need. */
export const warmOnward = (): Promise<void> => Onward.warm()

export function FilingPages({ fragment }: { fragment: string }) {
  const [id = '', part = '', name = '', mode = ''] = fragment.split('/')
  const filing = useFiling(id)
  if (filing.is === 'coming') return <Coming />
  if (filing.is === 'missing') return <Missing />
  const { dossier, definition } = filing
  const editing = mode === 'sua'
  if (part === '') return <Resume dossier={dossier} definition={definition} />
  if (part === 'b' && dossier.proof === null && !isApart(dossier))
    return <StepPage key={name} dossier={dossier} definition={definition} id={name} editing={editing} />
  return <Onward key={part + name} dossier={dossier} definition={definition} part={part} name={name} editing={editing} />
}

/** Where the person left off. */
function Resume({ dossier, definition }: Opened) {
  queueMicrotask(() => go(resumeAt({ dossier, definition }), 'replace'))
  return null
}

export function resumeAt({ dossier, definition }: Opened): string {
  if (isSent(dossier)) return way.follow(dossier.id)
  if (dossier.sending.goal === 'submit') return way.send(dossier.id)
  const count = (paper: string): number => dossier.pages[paper]?.length ?? 0
  const open = firstOpen(definition, dossier.values, count, today())
  const begun = dossier.at !== null || filesOf(dossier.pages).length > 0
  return begun && dossier.camera !== null
    ? way.paper(dossier.id, dossier.camera)
    : pageAt(dossier.id, open)
}

function Missing() {
  return (
    <Page title={say('mine.missing')}>
      <Empty icon="paper" title={say('mine.missing')} words={say('mine.missing.more')}>
        <a class="btn btn--main" href="/tra-cuu">
          {say('home.track')}
        </a>
        <a class="btn btn--plain" href="/">
          {say('home.services')}
        </a>
      </Empty>
    </Page>
  )
}
