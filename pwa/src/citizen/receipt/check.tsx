/** Lets anybody check the receipt: a code that names no person and opens nothing. */
import type { Dossier } from '../../drafts/dossier.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/proof/proof.css'
import { Qr } from '../../parts/qr/qr.tsx'
import { say } from '../../words/later.ts'
import { tokenOf } from './sheet.ts'

export function Check({ dossier }: { dossier: Dossier }) {
  const token = tokenOf(dossier)
  if (token === null) return null
  return (
    <section class="card stack--tight">
      <h2>{say('check.title')}</h2>
      <p class="small quiet">{say('check.more')}</p>
      <Qr kind="proof__check" text={`${location.origin}/v#${token}`} label={say('check.qr')} />
      <a class="link" href={`/v#${token}`}>
        <Icon of="safe" size="s" />
        {say('check.open')}
      </a>
    </section>
  )
}
