/**
 * View copies (bản xem) of a dossier's files: fetched once, held in memory while it is open.
 *
 * Their addresses hold for five minutes; an older one is renewed by loading the dossier again.
 */
import { useEffect, useRef, useState } from 'preact/hooks'

import type { File } from '../shapes.ts'
import type { PageOfPaper } from './pages.ts'

/** One view copy: a page of a file. */
type Page = Pick<PageOfPaper, 'file' | 'leaf'>

export type Picture =
  | { is: 'coming' }
  | { is: 'there'; url: string; width: number; height: number }
  | { is: 'broken'; from: string }

const LINKS_HOLD = 4 * 60_000

/** Only the path: the page asks its own server, whatever name the link was made with. */
const pathOf = (address: string): string => new URL(address, location.href).pathname

const addressOf = ({ file, leaf }: Page): string => file.view_urls[leaf] ?? ''

const nameOf = ({ file, leaf }: Page): string => `${file.sha256} ${leaf}`

async function fetched(from: string): Promise<Picture> {
  try {
    const response = await fetch(pathOf(from), { credentials: 'same-origin' })
    if (!response.ok) return { is: 'broken', from }
    const url = URL.createObjectURL(await response.blob())
    const image = new Image()
    image.src = url
    await image.decode()
    return { is: 'there', url, width: image.naturalWidth, height: image.naturalHeight }
  } catch {
    return { is: 'broken', from }
  }
}

export interface Pictures {
  of: (page: Page) => Picture
  /** Fetch it unless it is there or on its way. */
  want: (page: Page) => void
  /** Forget that it was broken and fetch it anew. */
  retry: (page: Page) => void
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

  const of = (page: Page): Picture => kept.current.get(nameOf(page)) ?? { is: 'coming' }

  function want(page: Page): void {
    const [name, from] = [nameOf(page), addressOf(page)]
    const there = kept.current.get(name)
    if (there !== undefined && (there.is !== 'broken' || there.from === from)) return
    kept.current.set(name, { is: 'coming' })
    void fetched(from).then((picture) => {
      kept.current.set(name, picture)
      redraw((count) => count + 1)
      if (picture.is === 'broken' && Date.now() - loadedAt.current > LINKS_HOLD) renew()
    })
  }

  function retry(page: Page): void {
    kept.current.delete(nameOf(page))
    renew()
    want(page)
  }

  return { of, want, retry }
}
