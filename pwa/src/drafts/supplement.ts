/** The answer to a supplement request (bổ sung hồ sơ): the flagged items only. */
import type { Supplement } from '../api/schema.ts'
import type { Definition, Field, Value } from '../form/definition.ts'
import { answersTo, bare, type Manifest } from '../form/manifest.ts'
import { today } from '../form/today.ts'
import type { Dossier } from './dossier.ts'
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
  const papers = Object.entries(supplement.pages).map(([paper, files]) => ({
    paper,
    files: (files ?? []).map(bare),
  }))
  return {
    answers: answersTo(fields, supplement.values, today()),
    papers: papers.filter(({ files }) => files.length > 0),
  }
}

/**
 * Begin an answer, or go on with the one begun for this request.
 *
 * A flagged paper starts with the pages sent before: the person takes the bad ones anew and the
 * others need not travel again.
 */
export function begun(dossier: Dossier, { id, items }: Supplement): Dossier {
  if (dossier.supplement?.sid === id) return dossier
  const papers = items.flatMap(({ paper }) => (paper === undefined || paper === null ? [] : [paper]))
  const fields = items.flatMap(({ field }) => (field === undefined || field === null ? [] : [field]))
  return {
    ...dossier,
    supplement: {
      sid: id,
      values: Object.fromEntries(fields.map((field) => [field, dossier.values[field]])),
      pages: Object.fromEntries(papers.map((paper) => [paper, dossier.pages[paper] ?? []])),
      sending: newSending(),
      proof: null,
    },
  }
}
