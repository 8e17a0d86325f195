/** What stands below a citizen's page: warnings of this browser, help, the way to another device. */
import { useEffect } from 'preact/hooks'

import { book, useBook } from '../../drafts/book.ts'
import { isOnTwo, isSent, type Dossier } from '../../drafts/dossier.ts'
import { lookElsewhere } from '../../drafts/handover.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/icon/more.ts'
import '../../parts/paper/paper.css'
import { lazy } from '../../parts/lazy/lazy.tsx'
import type { Place } from '../../parts/router/router.ts'
import { say } from '../../words/beside.ts'
import { share } from '../handover/share.ts'
import './beside.css'
import { Help } from './help.tsx'
import { inApp } from './inside.ts'
import { Install } from './install.tsx'
import { Room } from './room.tsx'

/** Few people come by way of Zalo or Facebook. */
const InApp = lazy<{ dossier: Dossier | null }>(async () => (await import('./in-app.tsx')).InApp, 'part')

/** Pages of a filing, by the second part of what stands behind `#`. */
const FILLING = ['b', 'g', 'xem-lai', 'cong']
/** There the first of these stands higher. */
const POSTER = /^\/q\//i
/** Pages where a person comes in, before anything is filled in. */
const ENTRANCE = /^\/($|q\/|p\/|ho-so$)/i

export function Beside({ place: { path, fragment } }: { place: Place }) {
  const [id = '', part = ''] = fragment.split('/')
  const dossier = useBook(() => book.get(id))
  const filling = dossier !== null && !isSent(dossier) && FILLING.includes(part)
  const entrance = ENTRANCE.test(path) && fragment === ''
  const atOffice = filling && !book.lasting() && dossier.shared === true && dossier.sending.stop === null
  useEffect(() => {
    if (atOffice) void share(id)
  }, [atOffice, fragment])
  if (!filling && !entrance && part !== 'bien-nhan' && part !== 'theo-doi' && part !== 'gui') return null
  return (
    <aside class="page beside stack" aria-label={say('help.area')}>
      {inApp() && (filling || (entrance && !POSTER.test(path))) && <InApp dossier={filling ? dossier : null} />}
      {filling && <Room photos={part === 'g'} dossier={dossier} />}
      {filling && isOnTwo(dossier) && <Both key={id} dossier={dossier} />}
      {dossier !== null && isSent(dossier) && <Install />}
      {filling && <Help key={fragment} dossier={dossier} />}
    </aside>
  )
}

/** Said on both devices; and looked after: the other one may have gone on meanwhile. */
function Both({ dossier }: { dossier: Dossier }) {
  useEffect(() => {
    const look = (): void => {
      const now = book.get(dossier.id)
      if (document.visibilityState === 'visible' && now !== null)
        void book.definition(now).then((form) => (form === null ? undefined : lookElsewhere(now, form)))
    }
    look()
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return (
    <div class="note">
      <Icon of="phone" />
      <p class="note__body">{say('over.both')}</p>
    </div>
  )
}
