/** The answer to a supplement request (bổ sung hồ sơ): the flagged items only. */
import type { Supplement, SupplementItem } from '../api/schema.ts'
import type { Definition, Field, Value } from '../form/definition.ts'
import { answersTo, named, type Manifest } from '../form/manifest.ts'
import { today } from '../form/today.ts'
import type { Dossier, Page, SupplementDraft } from './dossier.ts'
import { newSending } from './new-sending.ts'

export interface SupplementBody {
  answers: { [field: string]: Value }
  papers: Manifest['papers']
}

/** The body of `PUT …/supplement/{sid}`: new answers and papers of the items asked for. */
export function supplementBody(dossier: Dossier, definition: Definition): SupplementBody {
  const { supplement } = dossier
  if (supplement === null) return { answers: {}, papers: [] }
  const fields = definition.steps
    .flatMap((step): readonly Field[] => step.fields)
    .filter(({ id }) => id in supplement.values)
  const papers = definition.papers.map((paper) => ({
    paper: paper.id,
    files: named(paper, supplement.pages[paper.id] ?? []),
  }))
  return {
    answers: answersTo(fields, supplement.values, today()),
    papers: papers.filter(({ files }) => files.length > 0),
  }
}

/** Pictures that every browser draws. */
const DRAWN = ['image/jpeg', 'image/png']

/**
 * The pages that the ward has of a paper: its own word, because this device may never have had
 * them, or an answer may have replaced them since.
 */
export function sentBefore(dossier: Dossier, { papers }: Supplement, paper: string): readonly Page[] {
  const own = dossier.pages[paper] ?? []
  const there = papers?.find((one) => one.paper === paper)
  if (there === undefined) return own
  return there.files.map(
    (file) =>
      own.find(({ sha256 }) => sha256 === file.sha256) ?? { ...file, original: !DRAWN.includes(file.media_type) },
  )
}

/**
 * Begin an answer, or go on with the one begun for this request.
 *
 * A flagged paper starts with the pages sent before: the person takes the bad ones anew and the
 * others need not travel again.
 */
export function begun(dossier: Dossier, asked: Supplement): Dossier {
  const { id, items } = asked
  if (dossier.supplement?.sid === id) return dossier
  const papers = items.flatMap(({ paper }) => (paper === undefined || paper === null ? [] : [paper]))
  const fields = items.flatMap(({ field }) => (field === undefined || field === null ? [] : [field]))
  return {
    ...dossier,
    supplement: {
      sid: id,
      values: Object.fromEntries(fields.map((field) => [field, dossier.values[field]])),
      pages: Object.fromEntries(papers.map((paper) => [paper, sentBefore(dossier, asked, paper)])),
      sending: newSending(),
      proof: null,
    },
  }
}

/** How an answer stands to what was sent before: nothing changed, something beside the old pages, another thing. */
export type Change = 'same' | 'added' | 'other'

const hashes = (pages: readonly Page[] = []): string[] => pages.map(({ sha256 }) => sha256)

export function changeOf(dossier: Dossier, asked: Supplement, own: SupplementDraft, { paper, field }: SupplementItem): Change {
  if (!paper) return !field || JSON.stringify(own.values[field]) === JSON.stringify(dossier.values[field]) ? 'same' : 'other'
  const before = hashes(sentBefore(dossier, asked, paper))
  const now = hashes(own.pages[paper])
  if (before.join() === now.join()) return 'same'
  return before.length > 0 && before.every((one) => now.includes(one)) && before.length < now.length ? 'added' : 'other'
}

/** Something was changed for the ward, and has not reached it yet. */
export function isUnsent(dossier: Dossier): boolean {
  const { status, supplement: own } = dossier
  const asked = status?.supplement
  if (!asked || own?.sid !== asked.id || own.proof !== null) return false
  return own.sending.goal === 'submit' || asked.items.some((item) => changeOf(dossier, asked, own, item) !== 'same')
}
