/** The office's own form of a dossier that has one already: in another language, or from a locked file. */
import { read } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { language } from '../../words/say.ts'
import { procedureAt } from '../reading.ts'

/** Fetch the form as it is spoken and as the office has it, in the version that the dossier is pinned to. */
export async function official({ id, procedure, version, unit }: Dossier): Promise<Definition | null> {
  const result = await read<Definition>(procedureAt(procedure, { unit: unit.code, version }))
  if (result.end !== 'answer') return null
  const { title } = result.body
  await book
    .putDefinition(result.body)
    .then(() => book.change(id, (now) => ({ ...now, borrowed: false, titles: { ...now.titles, [language()]: title } })))
    .catch(() => undefined)
  return result.body
}
