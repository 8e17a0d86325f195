/** When somebody must still come to the ward, with what: sending online alone does not do. */
import type { Dossier } from '../../drafts/dossier.ts'
import { counted } from '../../form/conditions.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { comings } from './comings.ts'
import { endOf } from './standing.ts'

export function ToCome({ dossier, definition }: { dossier: Dossier; definition: Definition }) {
  const { state = 'submitted', timeline = [], visit } = dossier.status ?? {}
  const taken = timeline.some((step) => step.state === 'accepted')
  const lines = comings(definition, counted(definition, dossier.values, today()), taken, visit)
  if (lines.length === 0 || endOf(state) !== null || state === 'returned') return null
  return (
    <div class="note note--wait">
      <Icon of="people" />
      <div class="note__body stack--tight">
        <h2>{say('come.title')}</h2>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  )
}
