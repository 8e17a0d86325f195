/**
 * View copies (bản xem) of a dossier's files: fetched once, held in memory while it is open.
 *
 * Their addresses hold for five minutes; an older one is renewed by loading the dossier again.
 */
import { useEffect, useRef, useState } from 'preact/hooks'

import type { File } from '../shapes.ts'

export type Picture =
  | { is: 'coming' }
  | { is: 'there'; url: string; width: number; height: number }
  | { is: 'broken'; from: string }

const LINKS_HOLD = 4 * 60_000

/** Only the path: the page asks its own server, whatever name the link was made with. */
const pathOf = (address: string): string => new URL(address, location.href).pathname

async function fetched(file: File): Promise<Picture> {
  try {
    const response = await fetch(pathOf(file.view_url), { credentials: 'same-origin' })
    if (!response.ok) return { is: 'broken', from: file.view_url }
    const url = URL.createObjectURL(await response.blob())
    const image = new Image()
    image.src = url
    await image.decode()
    return { is: 'there', url, width: image.naturalWidth, height: image.naturalHeight }
  } catch {
    return { is: 'broken', from: file.view_url }
  }
}

export interface Pictures {
  of: (file: File) => Picture
  /** Fetch it unless it is there or on its way. */
  want: (file: File) => void
  /** Forget that it was broken and fetch it anew. */
  retry: (file: File) => void
}

/** `renew` loads the dossier again, and with it fresh addresses. */
export function usePictures(files: readonly File[], renew: () => void): Pictures {
  const kept = useRef(new Map<string, Picture>())
  const loadedAt = useRef(Date.now())
  const [, redraw] = useState(0)

  useEffect(() => {
    loadedAt.current = Date.now()
  }, [files])

  useEffect(() => {
    const pictures = kept.current
    return () => {
      for (const picture of pictures.values()) if (picture.is === 'there') URL.revokeObjectURL(picture.url)
    }
  }, [])

  const of = (file: File): Picture => kept.current.get(file.sha256) ?? { is: 'coming' }

  function put(file: File, picture: Picture): void {
    kept.current.set(file.sha256, picture)
    redraw((count) => count + 1)
  }

  function want(file: File): void {
    const there = kept.current.get(file.sha256)
    if (there !== undefined && (there.is !== 'broken' || there.from === file.view_url)) return
    kept.current.set(file.sha256, { is: 'coming' })
    void fetched(file).then((picture) => {
      put(file, picture)
      if (picture.is === 'broken' && Date.now() - loadedAt.current > LINKS_HOLD) renew()
    })
  }

  function retry(file: File): void {
    kept.current.delete(file.sha256)
    renew()
    want(file)
  }

  return { of, want, retry }
}
