/** Inside Zalo or Facebook everything works; a real browser keeps it. The way there takes the draft along. */
import type { Dossier } from '../../drafts/dossier.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { LinkButtons } from '../handover/link.tsx'
import { way } from '../ways.ts'
import { onApple } from './browser.ts'

export function InApp({ dossier }: { dossier: Dossier | null }) {
  return (
    <section class="note note--wait">
      <Icon of="info" />
      <div class="note__body stack--tight">
        <h2 class="note__title">{say('app.title')}</h2>
        <p>{say('app.more')}</p>
        {dossier === null ? (
          <>
            <LinkButtons link={location.href} />
            <p class="small">{say(onApple() ? 'app.apple' : 'app.android')}</p>
          </>
        ) : (
          <a class="btn" href={way.elsewhere(dossier.id)}>
            <Icon of="share" />
            {say('app.draft')}
          </a>
        )}
      </div>
    </section>
  )
}
