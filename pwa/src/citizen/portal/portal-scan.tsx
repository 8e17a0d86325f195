/** Scanning the code on the portal's paper; it is put into the box, and the person looks at it there. */
import type { Dossier } from '../../drafts/dossier.ts'
import { today } from '../../form/today.ts'
import { say } from '../../words/portal.ts'
import { Aim } from '../card/aim.tsx'
import { readScanned } from './code.ts'

export interface ScanProps {
  dossier: Dossier
  found: (code: string) => void
  leave: () => void
}

export function Scan({ dossier, found, leave }: ScanProps) {
  function hear(text: string): (() => string) | null {
    const reading = readScanned(text, today())
    if (!('code' in reading)) return () => say(reading.is === 'own' ? 'scan.own' : 'scan.other')
    found(reading.code)
    return null
  }
  const words = { title: say('code.scan'), aim: say('scan.aim'), unread: say('scan.unread'), photo: say('scan.photo') }
  return (
    <Aim dossier={dossier} words={words} hear={hear}>
      <button class="btn btn--plain" type="button" onClick={leave}>
        {say('scan.hand')}
      </button>
      <p class="small quiet">{say('scan.here')}</p>
    </Aim>
  )
}
