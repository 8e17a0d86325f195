/** While a photo that arrived is being opened at the office, ask what came of it. */
import { useEffect } from 'preact/hooks'

import { checkOf } from '../../drafts/checked.ts'
import { filesOf, type Dossier } from '../../drafts/dossier.ts'
import { refresh } from '../../drafts/status.ts'

const CHECK_PAUSE = 2500

export function useChecks(dossier: Dossier): void {
  const { files } = dossier.sending
  const told = dossier.status?.files ?? []
  const open = filesOf(dossier.pages).some(
    ({ sha256, size }) => files[sha256]?.have === size && (checkOf(files, told, sha256) ?? 'pending') === 'pending',
  )
  useEffect(() => {
    if (!open) return
    const timer = setInterval(() => void refresh(dossier), CHECK_PAUSE)
    return () => clearInterval(timer)
  }, [open])
}
