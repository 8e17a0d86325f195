/** Who must still come, when and with what: the visit that was chosen, then what the procedure asks. */
import { serverNow } from '../../api/clock.ts'
import type { Visit } from '../../api/schema.ts'
import { holds } from '../../form/conditions.ts'
import type { Definition, Values } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { said } from '../../parts/said/said.ts'
import { say } from '../../words/beside.ts'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'

/** A visit as the server tells it, also to a phone that never had the answers. */
export type Coming = Visit

const PLAIN = { yes: '', no: '', blank: '' }

/** The desk has closed after the session that was chosen. */
export const isMissed = ({ ends }: Coming, now = serverNow() ?? Date.now()): boolean => Date.parse(ends) < now

/** `22/12/2026, Buổi sáng` */
export function visitWords({ begins, session, session_en: english }: Coming): string {
  const part = language() === 'en' ? english : session
  return part === null ? format.day(begins) : `${format.day(begins)}, ${part}`
}

/** What was answered here, until the server has told the visit. */
function answered({ deadline, steps }: Definition, values: Values): string[] {
  const asked = steps.find(({ fields }) => fields.some(({ id }) => id === deadline?.counts_from))
  if (asked === undefined) return []
  const told = asked.fields.filter(({ id }) => values[id] !== undefined).map((field) => `${field.label}: ${said(field, values[field.id], PLAIN)}`)
  return told.length > 0 ? [told.join(' · ')] : []
}

const told = (visit: Coming): string[] => [`${say('come.day')}: ${visitWords(visit)}`, ...(isMissed(visit) ? [`${say('come.missed')} ${say('come.other')}`] : [])]

/** `taken`: the ward has received the dossier; what belongs to handing it in is over, but for a `visit` that is yet to come. */
export function comings(definition: Definition, values: Values, taken: boolean, visit: Coming | null = null): string[] {
  const asked = (definition.presence ?? []).filter(({ step, when }) => !(taken && visit === null && step === 'submit') && (when === undefined || holds(when, values, today())))
  if (asked.length === 0) return []
  const draft = definition.draft_confirmation
  const day = visit !== null ? told(visit) : taken ? [] : answered(definition, values)
  return [...day, ...asked.map(({ text }) => text), ...(draft === undefined ? [] : [draft.text])]
}
