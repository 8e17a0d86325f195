/** The pages of a dossier after its questions, loaded together while the person answers. */
import { isApart, isSent, type Dossier } from '../drafts/dossier.ts'
import type { Stop } from '../drafts/sending.ts'
import type { Definition } from '../form/definition.ts'
import '../parts/icon/more.ts'
import { lazy } from '../parts/lazy/lazy.tsx'
import type { OnwardProps } from './form/filing.tsx'
import { PaperPage } from './papers/papers.tsx'
import { Pay } from './pay/pay.tsx'
import type { PortalProps } from './portal/portal.tsx'
import { Receipt } from './receipt/receipt.tsx'
import { Review } from './review/review.tsx'
import { Send } from './send/send.tsx'
import { Stopped } from './stopped/stopped.tsx'
import { Follow } from './track/follow.tsx'
import type { WalletProps } from './wallet/from-wallet.tsx'

interface Opened {
  dossier: Dossier
  definition: Definition
}

/** Most people never read a card, so its reader comes when it is wanted. */
const CardPage = lazy<Opened & { step: string }>(async () => (await import('./card/card.tsx')).CardPage)

/** Nor have most people a wallet of papers. */
const FromWallet = lazy<WalletProps>(async () => (await import('./wallet/from-wallet.tsx')).FromWallet)
const IntoWallet = lazy<WalletProps>(async () => (await import('./wallet/into-wallet.tsx')).IntoWallet)

/** Nor are most asked for more, or withdraw, or find their form closed, or their draft at two devices. */
const Answer = lazy<Opened>(async () => (await import('./supplement/answer.tsx')).Answer)
const Withdraw = lazy<Opened>(async () => (await import('./track/withdraw.tsx')).Withdraw)
const NewForm = lazy<Opened>(async () => (await import('./handover/new-form.tsx')).NewForm)
const TwoDevices = lazy<Opened>(async () => (await import('./handover/two-devices.tsx')).TwoDevices)

/** Nor do most go on at another device. */
const HandOver = lazy<Opened>(async () => (await import('./handover/hand-over.tsx')).HandOver)

/** Most people send from here; what the others need comes when it is wanted. */
const Portal = lazy<PortalProps>(async () => (await import('./portal/portal.tsx')).Portal)

/** The office takes this version no more: its law has ended, or nobody there knows it. */
const isClosed = (stop: Stop | null): boolean =>
  stop?.slug === 'version-closed' || stop?.errors.some(({ pointer }) => pointer === '/version') === true

export function Onward({ dossier, definition, part, name, editing }: OnwardProps) {
  const opened = { dossier, definition }
  if (isApart(dossier)) return <TwoDevices {...opened} />
  if (part === 'cong' && !isSent(dossier)) return <Portal {...opened} page={name} />
  if (!isSent(dossier) && isClosed(dossier.sending.stop)) return <NewForm {...opened} />
  switch (part) {
    case 'tra-phi':
      return <Pay {...opened} by={name === '' ? null : name} />
    case 'bo-sung':
      return <Answer {...opened} />
    case 'rut':
      return <Withdraw {...opened} />
    case 'theo-doi':
      return <Follow {...opened} />
  }
  if (part === 'may-khac' && !isSent(dossier)) return <HandOver {...opened} />
  if (isSent(dossier)) return dossier.proof === null ? <Follow {...opened} /> : <Receipt {...opened} />
  if (part === 'dung') return <Stopped {...opened} />
  if (part === 'the') return <CardPage {...opened} step={name} />
  if (part === 'lay-tu-tui') return <FromWallet {...opened} paper={name} editing={editing} />
  if (part === 'cat-vao-tui') return <IntoWallet {...opened} paper={name} editing={editing} />
  if (part === 'g') return <PaperPage {...opened} id={name} editing={editing} />
  return part === 'xem-lai' ? <Review {...opened} /> : <Send {...opened} />
}
