/** Who must still come, when and with what: the visit that was chosen, then what the procedure asks. */
import { holds } from '../../form/conditions.ts'
import type { Definition, Values } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { said } from '../../parts/said/said.ts'

const PLAIN = { yes: '', no: '', blank: '' }

/** `Ngày đến: 22/12/2026`, `Buổi đến: Buổi sáng`. */
function visit({ deadline, steps }: Definition, values: Values): string[] {
  const asked = steps.find(({ fields }) => fields.some(({ id }) => id === deadline?.counts_from))
  if (asked === undefined) return []
  const told = asked.fields.filter(({ id }) => values[id] !== undefined).map((field) => `${field.label}: ${said(field, values[field.id], PLAIN)}`)
  return told.length > 0 ? [told.join(' · ')] : []
}

/** `taken`: the ward has received the dossier, so what belongs to handing it in is over. */
export function comings(definition: Definition, values: Values, taken: boolean): string[] {
  const asked = (definition.presence ?? []).filter(({ step, when }) => !(taken && step === 'submit') && (when === undefined || holds(when, values, today())))
  if (asked.length === 0) return []
  const draft = definition.draft_confirmation
  return [...(taken ? [] : visit(definition, values)), ...asked.map(({ text }) => text), ...(draft === undefined ? [] : [draft.text])]
}
