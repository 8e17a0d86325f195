/** Where the bank's or wallet's pages send the person back: a hint only, the server is asked. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { Coming } from '../trouble.tsx'
import { way } from '../ways.ts'

const LIVE = ['created', 'pending', 'unknown']

export function Back() {
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    void book.ready().then(() => {
      const dossier = book
        .list()
        .find(({ status }) => status?.attempts.some(({ state }) => LIVE.includes(state)) === true)
      const attempt = dossier?.status?.attempts.find(({ state }) => LIVE.includes(state))
      if (dossier !== undefined && attempt !== undefined) go(way.payBy(dossier.id, attempt.adapter), 'replace')
      else setLooked(true)
    })
  }, [])
  if (!looked) return <Coming />
  return (
    <Page title={say('back.title')}>
      <div class="stack--wide">
        <h1>{say('back.title')}</h1>
        <div class="note">
          <Icon of="hourglass" />
          <p class="note__body">{say('back.more')}</p>
        </div>
        <a class="btn btn--main" href="/tra-cuu">
          {say('look.title')}
        </a>
      </div>
    </Page>
  )
}
