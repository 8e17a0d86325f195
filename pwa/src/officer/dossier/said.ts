/** What the citizen declared, question by question, as the officer reads it. */
import { counted, empty, shown } from '../../form/conditions.ts'
import type { Address, Definition, Field, Row, Value, Values } from '../../form/definition.ts'
import { normalDate } from '../../form/kinds/dates.ts'
import { phoneDigits } from '../../form/kinds/texts.ts'
import * as format from '../../words/format.ts'
import type { Full, Person } from '../shapes.ts'

/** Words for what has no text of its own. */
export interface Plain {
  yes: string
  no: string
  blank: string
}

export interface Told {
  field: Field
  words: string
}

type Dossier = Pick<Full, 'owner' | 'submitter' | 'answers'>

/** The value behind a field: an answer, or a detail of a person that the field edits. */
function valueOf(field: Field, { owner, submitter, answers }: Dossier): Value | undefined {
  const [role, detail] = (field.is ?? '').split('.')
  if (detail === undefined) return answers[field.id]
  const person: Person = role === 'requester' ? (submitter ?? owner) : owner
  return person[detail as keyof Person] ?? undefined
}

/** All values by field, as the citizen's form held them when it was sent. */
export function valuesOf(definition: Definition, dossier: Dossier): Values {
  const fields = definition.steps.flatMap((step) => step.fields)
  const values = fields.map((field) => [field.id, valueOf(field, dossier)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== undefined))
}

/** The questions that were asked and answered, in their order; blank optional ones are left out. */
export function toldOf(definition: Definition, dossier: Dossier, today: string, plain: Plain): Told[] {
  const values = counted(definition, valuesOf(definition, dossier), today)
  return definition.steps
    .filter((step) => shown(step, values, today))
    .flatMap((step) => step.fields.filter((field) => shown(field, values, today)))
    .filter((field) => field.required || !empty(values[field.id]))
    .map((field) => ({ field, words: said(field, values[field.id], plain) }))
}

export function said(field: Field, value: Value | undefined, plain: Plain): string {
  if (value === undefined || empty(value)) return plain.blank
  switch (field.kind) {
    case 'choice':
      return field.options?.find((option) => option.id === value)?.label ?? String(value)
    case 'yes_no':
    case 'declaration':
      return value === true ? plain.yes : plain.no
    case 'date':
    case 'partial_date':
      return format.partialDate(normalDate(String(value)))
    case 'phone':
      return format.phone(phoneDigits(String(value)))
    case 'money':
      return typeof value === 'number' ? format.money(value) : String(value)
    case 'address':
      return addressSaid(value as Address)
    case 'rows':
      return (value as readonly Row[]).map((row) => rowSaid(field, row, plain)).join('; ')
    default:
      return String(value)
  }
}

export const addressSaid = ({ street = '', ward = '', province = '' }: Partial<Address>): string =>
  [street, ward, province].filter((part) => part.trim() !== '').join(', ')

const rowSaid = (field: Field, row: Row, plain: Plain): string =>
  (field.columns ?? []).map((column) => said(column, row[column.id], plain)).join(', ')
