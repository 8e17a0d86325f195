/** A draft whose form was closed by law: what changed, and every answer that still fits. Pure. */
import { faultsOf } from '../form/check.ts'
import { empty } from '../form/conditions.ts'
import type { Definition, Field, Value, Values } from '../form/definition.ts'
import type { Dossier } from './dossier.ts'
import { aim } from './sending.ts'

export interface Changed {
  /** Questions whose answer no longer fits, or that are asked no more. */
  again: string[]
  gone: string[]
  /** Questions and papers that were not there before. */
  asked: string[]
  papers: string[]
  /** Whether the price or what it is counted by is another one. */
  fee: boolean
}

const fieldsOf = ({ steps }: Definition): readonly Field[] => steps.flatMap((step): readonly Field[] => step.fields)

/** An answer fits when the question is of the same kind and says nothing against it that it did not say before. */
function fits(before: Field, after: Field | undefined, value: Value | undefined, day: string): boolean {
  if (after === undefined || after.kind !== before.kind) return false
  return faultsOf(after, value, day).length <= faultsOf(before, value, day).length
}

const labels = (fields: readonly Field[]): string[] => fields.map(({ label }) => label)

/** All that a price is reckoned by; the names of the lines and their notes are no price. */
const priceOf = ({ fee }: Definition): string =>
  JSON.stringify(
    (fee?.items ?? []).map(({ id, amount, quantity, per, then, most, unit, when }) =>
      [id, amount, quantity, per, then, most, unit, when].map((one) => one ?? null),
    ),
  )

export function changes(values: Values, before: Definition, after: Definition, day: string): Changed {
  const [old, now] = [fieldsOf(before), fieldsOf(after)]
  const given = old.filter(({ id }) => !empty(values[id]))
  const there = (id: string): Field | undefined => now.find((field) => field.id === id)
  return {
    again: labels(given.filter((field) => there(field.id) !== undefined && !fits(field, there(field.id), values[field.id], day))),
    gone: labels(given.filter(({ id }) => there(id) === undefined)),
    asked: labels(now.filter(({ id }) => !old.some((field) => field.id === id))),
    papers: after.papers.filter(({ id }) => !before.papers.some((paper) => paper.id === id)).map(({ name }) => name),
    fee: priceOf(before) !== priceOf(after),
  }
}

/** The draft on the new form: photos stay, declarations of other words are asked again, nothing is on its way. */
export function carried(dossier: Dossier, before: Definition, after: Definition, day: string): Dossier {
  const kept = fieldsOf(before).filter((field) =>
    fits(field, fieldsOf(after).find(({ id }) => id === field.id), dossier.values[field.id], day),
  )
  const same = after.consents.map(({ id, version }) => `${id}/${version}`)
  return {
    ...dossier,
    version: after.version,
    title: after.title,
    titles: { [after.language ?? 'vi']: after.title },
    values: Object.fromEntries(kept.filter(({ id }) => id in dossier.values).map(({ id }) => [id, dossier.values[id]])),
    consents: dossier.consents.filter(({ id, version }) => same.includes(`${id}/${version}`)),
    sending: { ...aim(dossier.sending, 'none'), manifest: null },
  }
}
