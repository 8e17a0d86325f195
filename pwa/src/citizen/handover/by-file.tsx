/** A locked file that holds the whole dossier: works without network; the dossier stays here until it is sent. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { filesOf, type Dossier } from '../../drafts/dossier.ts'
import { inGroups, lock, newDigits } from '../../drafts/locked-file.ts'
import type { Definition } from '../../form/definition.ts'
import '../../parts/field/field.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { lentAddress } from './lent-address.ts'

export interface ByFileProps {
  dossier: Dossier
  definition: Definition
}

interface Made {
  digits: string
  file: File
}

/** Everything of the dossier that this device has; marked as one that another device may change. */
async function make({ id }: Dossier, definition: Definition): Promise<Made | null> {
  const dossier = await book.change(id, (now) => ({ ...now, carried: true }))
  if (dossier === null) return null
  const pages = await Promise.all(filesOf(dossier.pages).map(async ({ sha256 }) => ({ sha256, file: await book.bytes(id, sha256) })))
  const files = pages.flatMap(({ sha256, file }) => (file === null ? [] : [{ sha256, file }]))
  const digits = newDigits()
  const bytes = await lock({ dossier, definition, files }, digits)
  const file = new File([bytes], `ho-so-${id.slice(0, 8)}.motcua`, { type: 'application/octet-stream' })
  return { digits, file }
}

export function ByFile({ dossier, definition }: ByFileProps) {
  const [made, setMade] = useState<Made | 'working' | 'failed' | null>(null)
  function begin(): void {
    setMade('working')
    void make(dossier, definition).then((one) => setMade(one ?? 'failed'), () => setMade('failed'))
  }
  return (
    <section class="card stack">
      <h2>{say('file.title')}</h2>
      <p>{say('file.how')}</p>
      {made === 'failed' && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          {say('file.failed')}
        </p>
      )}
      {made === 'working' && <p role="status">{say('file.working')}</p>}
      {(made === null || made === 'failed') && (
        <button class="btn" type="button" onClick={begin}>
          <Icon of="lock" />
          {say('file.make')}
        </button>
      )}
      {made !== null && typeof made !== 'string' && <Ready made={made} />}
    </section>
  )
}

function Ready({ made: { digits, file } }: { made: Made }) {
  const [address, setAddress] = useState('')
  useEffect(() => lentAddress(file, setAddress), [file])
  const shareable = navigator.canShare?.({ files: [file] }) === true
  return (
    <div class="stack" role="status">
      <p>{say('file.digits')}</p>
      <p class="h2 mono">{inGroups(digits)}</p>
      <p class="note note--wait">
        <Icon of="alert" />
        <span class="note__body">{say('file.once')}</span>
      </p>
      <a class="btn" href={address} download={file.name}>
        <Icon of="save" />
        {say('file.save')}
      </a>
      {shareable && (
        <button class="btn" type="button" onClick={() => void navigator.share({ files: [file] }).catch(() => undefined)}>
          <Icon of="share" />
          {say('file.share')}
        </button>
      )}
      <p class="small quiet">{say('file.stays')}</p>
    </div>
  )
}
