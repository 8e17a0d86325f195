/** A dossier that came to an end without a result: the ward's reason, and what to do now. */
import type { Status } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import '../../parts/ask/ask.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { ICON } from '../../parts/line/line.tsx'
import { say } from '../../words/later.ts'
import { Call } from '../beside/call.tsx'
import { startOf } from '../ways.ts'
import { endOf, reasonOf } from './standing.ts'

export function EndedCard({ dossier, status }: { dossier: Dossier; status: Status | null }) {
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
        <p>{asked ? say('ended.now') : say(`next.${end}`)}</p>
        {asked && <Call unit={unit} />}
        <a class="btn btn--main" href={startOf(procedure, unit.code, qr)}>
          {say('ended.again')}
        </a>
      </div>
    </section>
  )
}
