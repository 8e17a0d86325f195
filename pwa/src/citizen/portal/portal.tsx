/** Mode B (chuẩn bị ở đây, nộp trên Cổng quốc gia): the sheet, the code, and the filed dossier. */
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { CodePage } from './code-page.tsx'
import { Filed } from './filed.tsx'
import { Sheet } from './sheet.tsx'

export interface PortalProps {
  dossier: Dossier
  definition: Definition
  page: string
}

export function Portal({ dossier, definition, page }: PortalProps) {
  if (page === 'ma') return <CodePage dossier={dossier} />
  if (page === '' && dossier.portal !== undefined) return <Filed dossier={dossier} portal={dossier.portal} />
  return <Sheet dossier={dossier} definition={definition} />
}
