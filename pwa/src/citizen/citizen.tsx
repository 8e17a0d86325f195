/** Which page of a citizen's stands at which address. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import '../parts/button/button.css'
import '../parts/facts/facts.css'
import '../parts/note/note.css'
import '../parts/tag/tag.css'
import '../parts/top/top.css'
import '../parts/where/where.css'
import { book } from '../drafts/book.ts'
import { beShared } from '../drafts/shared-device.ts'
import { lazy } from '../parts/lazy/lazy.tsx'
import { untilReturn } from '../parts/lazy/network.ts'
import { usePlace, type Place } from '../parts/router/router.ts'
import { wordsReady } from '../words/say.ts'
import { FilingPages, warmOnward } from './form/filing.tsx'
import './offered.ts'
import { Start } from './procedure/start.tsx'
import { Landing } from './scan/landing.tsx'
import { SharedWatch } from './shared-watch.tsx'

const Elsewhere = lazy<{ place: Place }>(async () => (await import('./elsewhere.tsx')).Elsewhere)

/** What stands below the pages comes last, and without it nothing is missing. */
let Beside: ComponentType<{ place: Place }> | null = null

const ADDRESSES = /^\/($|q\/|p\/|ho-so$|h$|tra-(cuu|phi)$|thanh-toan\/ve$|v$)/i

export const isCitizens = (path: string): boolean => ADDRESSES.test(path)

function pageFor(place: Place) {
  const { path, query, fragment } = place
  const [, first = '', second = ''] = path.split('/')
  switch (first.toLowerCase()) {
    case 'q':
      return <Landing key={second} code={second} />
    case 'p':
      if (second === '') break
      return <Start key={path + query} code={second} unit={query.get('unit')} qr={query.get('qr')} />
    case 'ho-so':
      if (fragment === '') break
      return <FilingPages key={fragment.split('/')[0]} fragment={fragment} />
  }
  return <Elsewhere place={place} />
}

const PREPARE_AFTER = 2500

/**
 * After the first page stands: what may be waiting to be sent, and the pages to come. Without
 * network they cannot come; then it is tried again when the network is back.
 */
async function prepare(): Promise<void> {
  await book.ready()
  const { keepSending } = await import('../drafts/sender.ts')
  keepSending()
  await Promise.all([warmOnward(), Elsewhere.warm()])
  const beside = await import('./beside/beside.tsx')
  await wordsReady()
  Beside = beside.Beside
}

export function Citizen() {
  const place = usePlace()
  const [, redraw] = useState(Beside !== null)
  if (place.query.get('may-chung') === '1') beShared()
  useEffect(() => {
    void book.ready()
    let stop: (() => void) | undefined
    const anew = (): void => {
      stop?.()
      void prepare().then(() => redraw(true)).catch(() => (stop = untilReturn(anew)))
    }
    const start = setTimeout(anew, PREPARE_AFTER)
    return () => {
      clearTimeout(start)
      stop?.()
    }
  }, [])
  return (
    <>
      {pageFor(place)}
      {Beside !== null && <Beside place={place} />}
      <SharedWatch />
    </>
  )
}
