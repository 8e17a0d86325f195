/** How much this device can still keep: told before a photo is lost, with what to do. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { onSharedDevice } from '../../drafts/shared-device.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import * as format from '../../words/format.ts'
import { way } from '../ways.ts'
import { noneWords } from './until.tsx'

/** A dossier with its photos, at most; below it the person is warned. */
const ENOUGH = 20 * 1024 * 1024

async function roomLeft(): Promise<number | null> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage)
}

export function Room({ photos, dossier }: { photos: boolean; dossier: Dossier }) {
  const [free, setFree] = useState<number | null>(null)
  useEffect(() => {
    if (photos) void roomLeft().then(setFree)
  }, [photos])
  if (!book.lasting()) return <NothingKept dossier={dossier} />
  if (!photos || free === null || free > ENOUGH) return null
  return <Warned words={say('room.low', { free: format.size(free) })} />
}

/** A shared device, private windows and the like: the page alone holds the draft, unless the office keeps it too. */
function NothingKept({ dossier: { id, shared, sending } }: { dossier: Dossier }) {
  const kept = shared === true && (sending.edition ?? null) !== null
  return (
    <div class="note note--wait" role="status">
      <Icon of={kept ? 'office' : 'alert'} />
      <div class="note__body stack--tight">
        <p>{kept ? say('room.kept') : noneWords()}</p>
        {!onSharedDevice() && (
          <a class="btn" href={way.elsewhere(id)}>
            <Icon of={kept ? 'share' : 'way'} />
            {say(kept ? 'room.link' : 'room.keep')}
          </a>
        )}
      </div>
    </div>
  )
}

function Warned({ words }: { words: string }) {
  return (
    <div class="note note--wait" role="status">
      <Icon of="alert" />
      <p class="note__body">{words}</p>
    </div>
  )
}
