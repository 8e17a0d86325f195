/** The pages of a dossier after its questions, loaded together while the person answers. */
import type { OnwardProps } from './form/filing.tsx'
import { PaperPage } from './papers/papers.tsx'
import { Pay } from './pay/pay.tsx'
import { Receipt } from './receipt/receipt.tsx'
import { Review } from './review/review.tsx'
import { Send } from './send/send.tsx'
import { Stopped } from './stopped/stopped.tsx'
import { Answer } from './supplement/answer.tsx'
import { Follow } from './track/follow.tsx'
import { Withdraw } from './track/withdraw.tsx'

export function Onward({ dossier, definition, part, name, editing }: OnwardProps) {
  const opened = { dossier, definition }
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
  if (dossier.proof !== null) return <Receipt {...opened} />
  if (part === 'dung') return <Stopped {...opened} />
  if (part === 'g') return <PaperPage {...opened} id={name} editing={editing} />
  return part === 'xem-lai' ? <Review {...opened} /> : <Send {...opened} />
}
