/** Everything out of the wallet, after one more question; also the way of who forgot the code. */
import { useState } from 'preact/hooks'

import { wallet } from '../../drafts/wallet.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/wallet.ts'

export function WipeAll({ done, forgotten = false }: { done: () => void; forgotten?: boolean }) {
  const [asked, setAsked] = useState(false)
  if (!asked)
    return (
      <p class="small quiet">
        {forgotten && say('wallet.forgot')}{' '}
        <button class="link" type="button" onClick={() => setAsked(true)}>
          <Icon of="bin" size="s" />
          {say('wallet.wipe')}
        </button>
      </p>
    )
  return (
    <div class="note note--wait" role="alert">
      <Icon of="bin" />
      <div class="note__body stack--tight">
        <p>{say('wallet.wipe.sure')}</p>
        <button class="btn btn--warn" type="button" onClick={() => void wallet.wipe().then(done, done)}>
          {say('wallet.wipe.yes')}
        </button>
        <button class="btn btn--plain" type="button" onClick={() => setAsked(false)}>
          {say('wallet.wipe.no')}
        </button>
      </div>
    </div>
  )
}
