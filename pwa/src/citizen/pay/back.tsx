/** Where the bank's or wallet's pages send the person back: a hint only, the server is asked. */
import { useEffect, useState } from 'preact/hooks'

import type { Attempt } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { Coming } from '../trouble.tsx'
import { keptLink } from '../lend/fee.ts'
import { way } from '../ways.ts'

const LIVE = ['created', 'pending', 'unknown']

/** The attempt that led away from here, the latest first. */
function ledAway({ status }: Dossier): Attempt | null {
  const away = status?.attempts.filter(
    ({ state, next_action: action }) => LIVE.includes(state) && action?.kind === 'redirect',
  )
  return away?.at(-1) ?? null
}

export function Back() {
  const [looked, setLooked] = useState(false)
  useEffect(() => {
    void book.ready().then(() => {
      const dossier = book.list().find((one) => ledAway(one) !== null)
      const attempt = dossier === undefined ? null : ledAway(dossier)
      const lent = keptLink()
      if (dossier !== undefined && attempt !== null)
        go(way.payBy(dossier.id, attempt.adapter), 'replace')
      else if (lent !== null) go(lent, 'replace')
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
