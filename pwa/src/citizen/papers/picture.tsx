/** The photo of a page, small: from this device, else from the ward. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Page as Shot } from '../../drafts/dossier.ts'
import { linkTo } from '../../drafts/status.ts'
import { Icon } from '../../parts/icon/icon.tsx'

export interface Seen {
  address: string | null
  /** Its bytes lie on this device as far as is known, so that it can be turned. */
  here: boolean
}

/** A page sent before is no longer on this device: the ward shows it to who holds the key. */
async function atTheWard(dossier: string, shot: Shot): Promise<string | null> {
  const own = book.get(dossier)
  const link = own === null ? null : await linkTo(own, shot.sha256)
  return link !== null && 'url' in link ? link.url : null
}

/**
 * Where a page can be seen; its address is given back when the tile goes. `there`: the ward has it
 * whole, and may be asked for what is not on this device.
 */
export function useSeen(dossier: string, shot: Shot, there: boolean): Seen {
  const [seen, setSeen] = useState<Seen>({ address: null, here: !shot.original })
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    if (shot.original) return
    let made: string | null = null
    let left = false
    void book.bytes(dossier, shot.sha256).then((kept) => {
      if (left) return
      setMissing(kept === null)
      if (kept === null) return setSeen({ address: null, here: false })
      made = URL.createObjectURL(new Blob([kept.bytes], { type: kept.mediaType }))
      setSeen({ address: made, here: true })
    })
    return () => {
      left = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [shot.sha256])
  useEffect(() => {
    if (missing && there) void atTheWard(dossier, shot).then((address) => setSeen({ address, here: false }))
  }, [missing, there])
  return seen
}

export function Picture({ seen, shot }: { seen: Seen; shot: Shot }) {
  return (
    <div class="shot__pic">
      {seen.address === null ? (
        <Icon of={shot.media_type === 'application/pdf' ? 'paper' : 'image'} size="l" />
      ) : (
        <img src={seen.address} alt="" />
      )}
    </div>
  )
}
