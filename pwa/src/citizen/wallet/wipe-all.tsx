/** Everything out of the wallet, after one more question; also the way of who forgot the code. */
import { useState } from 'preact/hooks'

import { wallet } from '../../drafts/wallet.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/wallet.ts'
import { Sure } from '../sure.tsx'

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
    <Sure
      words={say('wallet.wipe.sure')}
      yes={say('wallet.wipe.yes')}
      no={say('wallet.wipe.no')}
      act={() => void wallet.wipe().then(done, done)}
      stay={() => setAsked(false)}
    />
  )
}
