/** Go on with a draft on another device: it is kept at the office first, and only if the person agrees. */
import { useEffect } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/beside.ts'
import { photosArrived, whereabouts } from '../form/whereabouts.ts'
import { way } from '../ways.ts'
import type { ByFileProps } from './by-file.tsx'
import { HandOverLink } from './link.tsx'
import { share } from './share.ts'

/** A link is what most people use. */
const ByFile = lazy<ByFileProps>(async () => (await import('./by-file.tsx')).ByFile, 'part')

interface Props {
  dossier: Dossier
  definition: Definition
}

export function HandOver({ dossier, definition }: Props) {
  useEffect(() => {
    if (dossier.shared === true) void share(dossier.id)
  }, [])
  const waiting = dossier.sending.goal === 'submit'
  return (
    <Page title={say('over.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('over.title')}</h1>
          <p>{waiting ? say('over.waiting') : say('over.how')}</p>
        </div>
        {!waiting && <ByLink dossier={dossier} />}
        <ByFile dossier={dossier} definition={definition} />
        <a class="link" href={way.dossier(dossier.id)}>
          <Icon of="back" />
          {say('over.back')}
        </a>
      </div>
    </Page>
  )
}

function ByLink({ dossier }: { dossier: Dossier }) {
  const { goal, manifest, why, stop } = dossier.sending
  if (dossier.shared !== true) return <Agree dossier={dossier} />
  if (stop !== null) return <Told icon="alert" words={say('over.stop')} />
  if (goal !== 'share' || manifest === null)
    return <Told icon={why === null ? 'way' : 'cut'} words={why === null ? say('over.sending') : say('over.offline')} />
  const { have, all } = photosArrived(dossier)
  return (
    <>
      {all > 0 && <Told icon={have === all ? 'safe' : 'way'} words={say(have === all ? 'over.photos.all' : 'over.photos', { have, all })} />}
      <HandOverLink dossier={dossier} />
    </>
  )
}

function Agree({ dossier }: { dossier: Dossier }) {
  return (
    <div class="card stack">
      <p>{say('over.consent')}</p>
      <button class="btn btn--main" type="button" onClick={() => void share(dossier.id)}>
        <Icon of="way" />
        {say('over.agree')}
      </button>
    </div>
  )
}

function Told({ icon, words }: { icon: 'alert' | 'way' | 'cut' | 'safe'; words: string }) {
  return (
    <div class={icon === 'safe' ? 'note note--safe' : 'note note--wait'} role="status">
      <Icon of={icon} />
      <p class="note__body">{words}</p>
    </div>
  )
}
