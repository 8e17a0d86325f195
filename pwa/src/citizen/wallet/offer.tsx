/** At a paper: take it from the wallet, and, once it is photographed, put it in. Never on a borrowed device. */
import type { Dossier } from '../../drafts/dossier.ts'
import { isWalletThere, mayHaveWallet } from '../../drafts/wallet-there.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'
import { walletWay } from './ways.ts'

interface Props {
  dossier: Dossier
  paper: string
  /** Whether another page finds room. */
  room: boolean
  editing: boolean
}

export function WalletOffer({ dossier, paper, room, editing }: Props) {
  const taken = (dossier.pages[paper] ?? []).length > 0
  if (!mayHaveWallet()) return null
  return (
    <>
      {room && isWalletThere() && (
        <a class="btn" href={walletWay.from(dossier.id, paper, editing)}>
          <Icon of="lock" />
          {say('wallet.take')}
        </a>
      )}
      {taken && (
        <p class="small">
          <a class="link" href={walletWay.into(dossier.id, paper, editing)}>
            <Icon of="lock" size="s" />
            {say('wallet.keep')}
          </a>
        </p>
      )}
    </>
  )
}
