/** Which page of a dossier is open (`/ho-so#ID/…`). */
import { isApart, type Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Coming } from '../trouble.tsx'
import { Led } from './judging.tsx'
import { StepPage } from './step.tsx'
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

const Missing = lazy(async () => (await import('./missing.tsx')).Missing)

/** All pages after the questions come together, ahead of need. */
export const warmOnward = (): Promise<void> => Onward.warm()

export function FilingPages({ fragment }: { fragment: string }) {
  const [id = '', part = '', name = '', mode = ''] = fragment.split('/')
  const filing = useFiling(id)
  if (filing.is === 'coming') return <Coming />
  if (filing.is === 'missing') return <Missing />
  const { dossier, definition } = filing
  const editing = mode === 'sua'
  if (part === '') return <Led to={({ resumeAt }) => resumeAt(dossier, definition)} />
  if (part === 'b' && dossier.proof === null && !isApart(dossier))
    return <StepPage key={name} dossier={dossier} definition={definition} id={name} editing={editing} />
  return <Onward key={part + name} dossier={dossier} definition={definition} part={part} name={name} editing={editing} />
}
