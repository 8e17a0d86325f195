/** `Cần giúp?`: whom to ask and when, the page read aloud, stronger contrast, another device, paper. */
import { useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { language } from '../../words/say.ts'
import { way } from '../ways.ts'
import { Call, useDesks } from './call.tsx'
import { ReadAloud } from './read-aloud.tsx'
import { useContrast } from './contrast.ts'

export function Help({ dossier }: { dossier: Dossier }) {
  const [open, setOpen] = useState(false)
  return (
    <details class="more" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <Icon of="next" />
        {say('help.open')}
      </summary>
      {open && (
        <div class="more__body stack">
          <Ward dossier={dossier} />
          <ReadAloud key={language()} />
          <Contrast />
          <button class="btn" type="button" onClick={() => print()}>
            <Icon of="print" />
            {say('help.print')}
          </button>
          <a class="btn" href={way.elsewhere(dossier.id)}>
            <Icon of="share" />
            {say('over.title')}
          </a>
        </div>
      )}
    </details>
  )
}

function Ward({ dossier: { unit } }: { dossier: Dossier }) {
  const reading = useDesks()
  if (reading.is === 'offline') return <p>{say('help.offline')}</p>
  const desk = reading.is === 'there' ? reading.body.items.find(({ code }) => code === unit.code) : undefined
  if (desk === undefined) return null
  return (
    <div class="card stack--tight">
      <Call unit={unit} />
      {desk.hours !== undefined && <p>{say('help.hours', { hours: desk.hours })}</p>}
      {desk.address != null && <p>{say('help.place', { address: desk.address })}</p>}
    </div>
  )
}

function Contrast() {
  const { strong, turn } = useContrast()
  return (
    <button class="btn" type="button" aria-pressed={strong} onClick={turn}>
      <Icon of="image" />
      {say(strong ? 'help.contrast.off' : 'help.contrast')}
    </button>
  )
}
