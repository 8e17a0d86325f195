/** `Xong, xóa sạch khỏi máy này`: on every device, after one more question. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { onSharedDevice } from '../../drafts/shared-device.ts'
import { isWalletThere } from '../../drafts/wallet-there.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { Sure } from '../sure.tsx'
import { walletWay } from '../wallet/ways.ts'

export function Wipe({ dossier }: { dossier: Dossier }) {
  const [asked, setAsked] = useState(false)
  const sent = dossier.proof !== null || (dossier.status?.code ?? null) !== null || dossier.portal !== undefined
  async function wipe(): Promise<void> {
    await book.remove(dossier.id)
    go('/?da-xoa=het', 'replace')
  }
  if (!asked)
    return (
      <p class="small quiet">
        {sent && !onSharedDevice() && say('shared.ask')}{' '}
        <button class="link" type="button" onClick={() => setAsked(true)}>
          <Icon of="bin" size="s" />
          {sent ? say('proof.wipe') : say('wipe.draft')}
        </button>
      </p>
    )
  const words = sent ? say(dossier.portal === undefined ? 'wipe.sure' : 'wipe.sure.portal') : say('wipe.sure.draft')
  return (
    <Sure words={words} yes={say('wipe.yes')} no={say('wipe.no')} act={() => void wipe()} stay={() => setAsked(false)}>
      {isWalletThere() && (
        <p class="small">
          {say('wallet.stays')}{' '}
          <a class="link" href={walletWay.own}>
            {say('wallet.own')}
          </a>
        </p>
      )}
    </Sure>
  )
}
