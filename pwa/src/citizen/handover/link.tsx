/** The link that opens a draft elsewhere: as a code, to copy, to send, to open in the browser. */
import { useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import '../../parts/bank/bank.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Qr } from '../../parts/qr/qr.tsx'
import { say } from '../../words/beside.ts'
import { intentOf } from '../beside/browser.ts'
import { inApp } from '../beside/inside.ts'

/** The key stands behind `#` only: no server on the way ever sees it. */
export const linkOf = ({ id, key }: Pick<Dossier, 'id' | 'key'>): string => `${location.origin}/h#${id}.${key}`

export function HandOverLink({ dossier }: { dossier: Dossier }) {
  const link = linkOf(dossier)
  return (
    <section class="card stack">
      <h2>{say('over.ready')}</h2>
      <div class="bank__code">
        <div class="bank__frame">
          <Qr kind="over__qr" text={link} label={say('over.qr')} />
        </div>
      </div>
      <p class="note note--wait">
        <Icon of="lock" />
        <span class="note__body">{say('over.secret')}</span>
      </p>
      <LinkButtons link={link} main />
    </section>
  )
}

/** The ways out of here that this browser has; copying by hand is always one. `main` where leaving is what the page is for. */
export function LinkButtons({ link, main = false }: { link: string; main?: boolean }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const copy = (): void => {
    const done = navigator.clipboard?.writeText(link) ?? Promise.reject(new Error('clipboard'))
    void done.then(() => setCopied(true), () => setCopied(false))
  }
  const intent = inApp() ? intentOf(link) : null
  return (
    <div class="stack--tight">
      {intent !== null && (
        <a class={main ? 'btn btn--main' : 'btn'} href={intent} target="_blank" rel="noopener">
          <Icon of="share" />
          {say('over.browser')}
        </a>
      )}
      <button class="btn" type="button" onClick={copy}>
        <Icon of={copied === true ? 'check' : 'copy'} />
        {say('over.copy')}
      </button>
      <p class="small" role="status">
        {copied === null ? '' : say(copied ? 'over.copied' : 'over.copy.hand')}
      </p>
      {copied === false && (
        <input class="field__input" aria-label={say('over.link')} readOnly value={link} onFocus={(event) => event.currentTarget.select()} />
      )}
      {'share' in navigator && (
        <button class="btn" type="button" onClick={() => void navigator.share({ url: link }).catch(() => undefined)}>
          <Icon of="share" />
          {say('over.share')}
        </button>
      )}
    </div>
  )
}
