/** The answer to a supplement request (bổ sung hồ sơ): the flagged items only. */
import type { Definition, Value } from '../form/definition.ts'
import { bare, manifestOf, type Manifest } from '../form/manifest.ts'
import { today } from '../form/today.ts'
import type { Dossier } from './dossier.ts'
import { newSending } from './sending.ts'

export interface SupplementBody {
  answers: { [field: string]: Value }
  papers: Manifest['papers']
}

/** The body of `PUT …/supplement/{sid}`: new answers and papers of the items asked for. */
export function supplementBody(dossier: Dossier, definition: Definition): SupplementBody {
  const { supplement } = dossier
  if (supplement === null) return { answers: {}, papers: [] }
  const values = { ...dossier.values, ...supplement.values }
  const whole = manifestOf(
    definition,
    { ...dossier, values, unit: dossier.unit.code, papers: {} },
    today(),
  )
  const answers = Object.entries(whole.answers).filter(([field]) => field in supplement.values)
  const papers = Object.entries(supplement.pages).map(([paper, files]) => ({
    paper,
    files: (files ?? []).map(bare),
  }))
  return { answers: Object.fromEntries(answers), papers: papers.filter(({ files }) => files.length > 0) }
}

/** Begin an answer, or go on with the one begun for this request. */
export function begun(dossier: Dossier, sid: string): Dossier {
  if (dossier.supplement?.sid === sid) return dossier
  const supplement = { sid, values: {}, pages: {}, sending: newSending(), proof: null }
  return { ...dossier, supplement }
}
