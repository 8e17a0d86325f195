/** A locked file becomes a draft on this device: all of it, or nothing. */
import { read } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import { filesOf, type Dossier } from '../../drafts/dossier.ts'
import { isFormOf } from '../../drafts/draft-shape.ts'
import { draftOf, MOST_BYTES, unlock, type Unlocked } from '../../drafts/locked-file.ts'
import type { Definition } from '../../form/definition.ts'
import { procedureAt } from '../reading.ts'

export type Wrong = 'foreign' | 'wrong' | 'here' | 'nothing' | 'full'

/** The office's own form, `lost` where nobody can be asked, `unknown` when the office has none such. */
async function officeForm(draft: Dossier): Promise<Definition | 'lost' | 'unknown'> {
  const { procedure, version, unit } = draft
  const result = await read<unknown>(procedureAt(procedure, { unit: unit.code, version }))
  if (result.end === 'lost') return 'lost'
  if (result.end === 'answer') return isFormOf(result.body, draft) ? result.body : 'lost'
  return result.status >= 500 || result.status === 429 ? 'lost' : 'unknown'
}

/** On a full phone nothing half stays. */
async function keep(draft: Dossier, form: Definition | null, { definition, files }: Unlocked): Promise<Dossier | Wrong> {
  const named = filesOf(draft.pages).map(({ sha256 }) => sha256)
  try {
    for (const { sha256, file } of files) if (named.includes(sha256)) await book.putBytes(draft.id, sha256, file)
    if (form !== null) await book.putDefinition(form)
    if (draft.borrowed === true) await book.putBorrowed(draft.id, definition)
    await book.add(draft)
    return draft
  } catch {
    await book.remove(draft.id).catch(() => undefined)
    return 'full'
  }
}

/** What is here already is never written over: no dossier, and no form that others use. */
export async function take(found: Unlocked, now: number): Promise<Dossier | Wrong> {
  const draft = draftOf(found, now)
  if (draft === null || !isFormOf(found.definition, draft)) return 'wrong'
  await book.ready()
  if (book.get(draft.id) !== null) return 'here'
  if ((await book.definition(draft)) !== null) return keep(draft, null, found)
  const form = await officeForm(draft)
  if (form === 'unknown') return 'wrong'
  return form === 'lost' ? keep({ ...draft, borrowed: true }, null, found) : keep(draft, form, found)
}

/** Open a chosen file with its digits; one that is too large to be ours is not even read. */
export async function openFile(file: Pick<File, 'size' | 'arrayBuffer'> | null, digits: string): Promise<Dossier | Wrong> {
  if (file === null || digits.replace(/\D/g, '') === '') return 'nothing'
  if (file.size > MOST_BYTES) return 'foreign'
  const found = await unlock(await file.arrayBuffer(), digits)
  return typeof found === 'string' ? found : take(found, Date.now())
}
