/** A dossier that came to an end without a result: the ward's reason, and what to do now. */
import type { Status } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import '../../parts/ask/ask.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { ICON } from '../../parts/line/line.tsx'
import { say as sayAfter } from '../../words/after.ts'
import { say } from '../../words/later.ts'
import { Call } from '../beside/call.tsx'
import { startOf } from '../ways.ts'
import { hasAnswers, Reuse } from './reuse.tsx'
import { endOf, reasonOf } from './standing.ts'

export interface EndedProps {
  dossier: Dossier
  definition: Definition
  status: Status | null
}

export function EndedCard({ dossier, definition, status }: EndedProps) {
  const end = endOf(status?.state)
  if (status === null || end === null) return null
  const { procedure, qr, unit } = dossier
  const asked = end === 'declined' || end === 'stopped'
  const reason = asked ? reasonOf(status) : null
  return (
    <section class="ask">
      <div class="ask__head">
        <Icon of={ICON[end]} />
        <h2>{say(`state.${end}`)}</h2>
      </div>
      <div class="ask__body stack">
        {reason !== null && (
          <blockquote class="quote" lang="vi">
            <p>“{reason}”</p>
          </blockquote>
        )}
        <p>{asked ? sayAfter('ended.now') : say(`next.${end}`)}</p>
        {asked && <Call unit={unit} />}
        {hasAnswers(dossier) && <Reuse dossier={dossier} definition={definition} />}
        <a class={hasAnswers(dossier) ? 'btn' : 'btn btn--main'} href={startOf(procedure, unit.code, qr)}>
          {sayAfter('ended.again')}
        </a>
      </div>
    </section>
  )
}
