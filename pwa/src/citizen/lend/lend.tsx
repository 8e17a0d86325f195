/** The citizen makes a link by which a relative pays this one fee, and ends it. */
import { useState } from 'preact/hooks'

import { call } from '../../api/client.ts'
import type { Obligation } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import '../../parts/bank/bank.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Qr } from '../../parts/qr/qr.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/lent.ts'
import { useLongStay } from '../pay/long-stay.ts'
import { dueNow } from '../pay/offer.ts'
import { waysOf } from '../pay/places.ts'
import { refused } from '../refused.ts'
import { mayBeOut } from './fee.ts'
import { placeOf } from '../track/standing.ts'

interface Props {
  dossier: Dossier
  obligation: Obligation
}

interface Made {
  url: string
  expires_at: string
}

export function Lend({ dossier, obligation }: Props) {
  const [made, setMade] = useState<Made | null>(null)
  const [told, tell] = useState<{ words: () => string }>({ words: () => '' })
  const path = `/api/v1/dossiers/${dossier.id}/pay-link`

  const mark = (payLink: boolean): Promise<unknown> => book.change(dossier.id, (now) => ({ ...now, payLink })).catch(() => undefined)

  async function make(): Promise<void> {
    const result = await call<Made>(path, { method: 'POST', key: dossier.key })
    tell({ words: () => (result.end === 'answer' ? '' : result.end === 'lost' ? say('lend.offline') : refused(result.problem)) })
    if (result.end !== 'answer') return
    setMade(result.body)
    await mark(true)
  }

  async function end(): Promise<void> {
    const result = await call(path, { method: 'DELETE', key: dossier.key })
    if (result.end === 'answer') {
      setMade(null)
      await mark(false)
    }
    tell({ words: () => say(result.end === 'answer' ? 'lend.ended' : 'lend.offline') })
  }

  return (
    <Page title={say('lend.title')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('lend.title')}</h1>
          <p class="fee__figure">{format.money(dueNow(obligation))}</p>
          <p>{say('lend.how')}</p>
          <p>{say('lend.sees')}</p>
        </div>
        {made === null ? (
          <button class="btn btn--main" type="button" onClick={() => void make()}>
            {say('lend.make')}
          </button>
        ) : (
          <Link key={made.url} made={made} />
        )}
        <p role="status">{told.words()}</p>
        <div class="stack--tight">
          <a class="btn btn--plain" href={waysOf(dossier.id, obligation)}>
            {say('lend.back')}
          </a>
          {(made !== null || mayBeOut(dossier)) && (
            <button class="btn btn--plain" type="button" onClick={() => void end()}>
              {say('lend.end')}
            </button>
          )}
        </div>
      </div>
    </Page>
  )
}

function Link({ made: { url, expires_at: until } }: { made: Made }) {
  const [copied, setCopied] = useState<boolean | null>(null)
  useLongStay(true)
  const copy = (): void => {
    const done = navigator.clipboard?.writeText(url) ?? Promise.reject(new Error('clipboard'))
    void done.then(() => setCopied(true), () => setCopied(false))
  }
  return (
    <section class="card stack">
      <div class="bank__code">
        <div class="bank__frame">
          <Qr kind="lend__qr" text={url} label={say('lend.qr')} />
        </div>
      </div>
      <p class="small quiet">{say('lend.until', { until: format.day(until) })}</p>
      {'share' in navigator && (
        <button class="btn btn--main" type="button" onClick={() => void navigator.share({ url }).catch(() => undefined)}>
          <Icon of="share" />
          {say('lend.share')}
        </button>
      )}
      <button class="btn" type="button" onClick={copy}>
        <Icon of={copied === true ? 'check' : 'copy'} />
        {say('lend.copy')}
      </button>
      <p class="small" role="status">
        {copied === null ? '' : say(copied ? 'lend.copied' : 'lend.copy.hand')}
      </p>
      {copied === false && (
        <input class="field__input" aria-label={say('lend.link')} readOnly value={url} onFocus={(event) => event.currentTarget.select()} />
      )}
    </section>
  )
}
