/** How much this device can still keep: told before a photo is lost, with what to do. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import * as format from '../../words/format.ts'

/** A dossier with its photos, at most; below it the person is warned. */
const ENOUGH = 20 * 1024 * 1024

async function roomLeft(): Promise<number | null> {
  const { quota, usage } = (await navigator.storage?.estimate?.().catch(() => null)) ?? {}
  return quota === undefined || usage === undefined ? null : Math.max(0, quota - usage)
}

export function Room({ photos }: { photos: boolean }) {
  const [free, setFree] = useState<number | null>(null)
  useEffect(() => {
    if (photos) void roomLeft().then(setFree)
  }, [photos])
  if (!book.lasting()) return <Warned words={say('room.none')} />
  if (!photos || free === null || free > ENOUGH) return null
  return <Warned words={say('room.low', { free: format.size(free) })} />
}

function Warned({ words }: { words: string }) {
  return (
    <div class="note note--wait" role="status">
      <Icon of="alert" />
      <p class="note__body">{words}</p>
    </div>
  )
}
