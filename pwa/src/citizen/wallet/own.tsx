/** `/h#tui`: what is in the wallet, and how to take it away again. */
import { useState } from 'preact/hooks'

import { wallet, type Kept } from '../../drafts/wallet.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/wallet.ts'
import { Behind, useWallet } from './code.tsx'
import { About, useKept } from './list.tsx'
import { WipeAll } from './wipe-all.tsx'

export function OwnWallet() {
  const access = useWallet()
  return (
    <Page title={say('wallet.title')}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('wallet.title')}</h1>
          <p>{say('wallet.what')}</p>
          <p class="quiet">{say('wallet.keep.original')}</p>
        </div>
        <Behind access={access} making={false}>
          <Papers />
          <WipeAll done={access.again} />
        </Behind>
        <p>
          <a class="link" href="/ho-so">
            <Icon of="back" />
            {say('wallet.mine')}
          </a>
        </p>
      </div>
    </Page>
  )
}

function Papers() {
  const [round, setRound] = useState(0)
  const kept = useKept(round)
  if (kept === null) return null
  if (typeof kept === 'string') return <p role="alert">{kept}</p>
  if (kept.length === 0) return <p>{say('wallet.empty')}</p>
  return (
    <ul class="rows card card--rows">
      {kept.map((one) => (
        <One key={one.id} kept={one} gone={() => setRound((count) => count + 1)} />
      ))}
    </ul>
  )
}

/** Nothing is gone by one tap. */
function One({ kept, gone }: { kept: Kept; gone: () => void }) {
  const [asked, setAsked] = useState(false)
  return (
    <li class="row row--top">
      <Icon of="paper" />
      <div class="row__text stack--tight">
        <About kept={kept} />
        {asked ? (
          <>
            <button class="btn btn--warn" type="button" onClick={() => void wallet.remove(kept.id).then(gone, gone)}>
              {say('wallet.drop.yes')}
            </button>
            <button class="btn btn--plain" type="button" onClick={() => setAsked(false)}>
              {say('wallet.wipe.no')}
            </button>
          </>
        ) : (
          <button class="link" type="button" onClick={() => setAsked(true)}>
            <Icon of="bin" size="s" />
            {say('wallet.drop')}
            <span class="unseen">: {kept.name}</span>
          </button>
        )}
      </div>
    </li>
  )
}
