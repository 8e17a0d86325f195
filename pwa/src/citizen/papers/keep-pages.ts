/** Put pages of one paper in, and let them travel ahead; what the national portal alone takes stays on this phone. */
import { book } from '../../drafts/book.ts'
import type { Dossier, Page as Shot } from '../../drafts/dossier.ts'
import { wake } from '../../drafts/sender.ts'
import { aim } from '../../drafts/sending.ts'
import type { Definition } from '../../form/definition.ts'

export const travelsAhead = (dossier: Dossier, definition: Definition): boolean =>
  definition.portal_only === undefined && dossier.portal === undefined

export async function keepPages(
  dossier: Dossier,
  definition: Definition,
  paper: string,
  change: (shots: readonly Shot[]) => Shot[],
): Promise<void> {
  const ahead = travelsAhead(dossier, definition)
  await book.change(dossier.id, (now) => ({
    ...now,
    camera: null,
    savedAt: Date.now(),
    pages: { ...now.pages, [paper]: change(now.pages[paper] ?? []) },
    sending: ahead ? aim(now.sending, 'hold') : now.sending,
  }))
  wake()
}
