/** What the citizen declared, question by question, as the officer reads it. */
import { counted, empty, shown } from '../../form/conditions.ts'
import type { Address, Definition, Field, Kind, Row, Value, Values } from '../../form/definition.ts'
import { derivedOf } from '../../form/derived.ts'
import { addressSaid, rowsOf, said, type Plain, type Rows } from '../../parts/said/said.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/desk.ts'
import type { Full, Person } from '../shapes.ts'

export interface Told {
  id: string
  label: string
  words: string
  /** Repeated rows, cell by cell; none of all else. */
  rows: Rows
  /** Worked out of other answers: nobody can be asked to mend it. */
  derived: boolean
  /** What people wrote stays in Vietnamese, whatever language the desk speaks. */
  lang: 'vi' | undefined
}

/** Kinds whose answers are said in the words of the form, or in figures alone. */
const OURS: readonly Kind[] = ['choice', 'yes_no', 'declaration', 'date', 'partial_date', 'number', 'money', 'phone', 'personal_number']

type Dossier = Pick<Full, 'owner' | 'submitter' | 'answers'> & { submitted_at?: string | null }

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

/** A blank is said in our words too. */
function toldTo(field: Field, value: Value | undefined, plain: Plain): Told {
  const { id, label, kind } = field
  const ours = OURS.includes(kind) || value === undefined || empty(value)
  const rows = rowsOf(field, value, plain)
  return { id, label, words: said(field, value, plain), rows, derived: false, lang: ours ? undefined : 'vi' }
}

/**
 * The questions that were asked and answered, in their order, and what is worked out of them.
 *
 * Blank optional ones are left out; an age is that of the day of filing.
 */
export function toldOf(definition: Definition, dossier: Dossier, today: string, plain: Plain): Told[] {
  const values = counted(definition, valuesOf(definition, dossier), today)
  const filed = dossier.submitted_at?.slice(0, today.length) ?? today
  return definition.steps
    .filter((step) => shown(step, values, today))
    .flatMap((step) => [
      ...step.fields
        .filter((field) => shown(field, values, today) && (field.required || !empty(values[field.id])))
        .map((field) => toldTo(field, values[field.id], plain)),
      ...derivedOf(step, values, filed).map((one) => ({ ...one, rows: [], derived: true })),
    ])
}

/** What stood there when it was filed, of the questions that were answered anew since. */
export function earlierOf(definition: Definition, dossier: Dossier & Pick<Full, 'changed'>, today: string, plain: Plain): ReadonlyMap<string, string> {
  const before = dossier.changed?.answers ?? {}
  const answers = Object.entries({ ...dossier.answers, ...before }).filter((one): one is [string, Value] => one[1] !== null)
  const told = toldOf(definition, { ...dossier, answers: Object.fromEntries(answers) }, today, plain)
  const words = new Map(told.map((one) => [one.id, one.words]))
  return new Map(Object.keys(before).map((id) => [id, words.get(id) ?? plain.blank]))
}

/** What is told of a person where the form is not there. */
export const DETAILS = [
  'name',
  'personal_number',
  'tax_code',
  'establishment_number',
  'birth_date',
  'gender',
  'phone',
  'email',
  'address',
] as const

const GENDERS = ['nam', 'nu'] as const

/** A detail of a person, without the form's words. */
export function detailSaid(person: Person, detail: (typeof DETAILS)[number]): string {
  if (detail === 'address') return addressSaid(person.address ?? {})
  const value = String(person[detail])
  if (detail === 'gender') return say(`gender.${GENDERS.find((one) => one === value) ?? 'other'}`)
  if (detail === 'phone') return format.phone(value)
  return detail === 'birth_date' ? format.partialDate(value) : value
}

const DAY = /^\d{4}-\d{2}-\d{2}$/
/** What an option of a form is called in the machine; a lone small word that somebody typed is told so too, and read all the same. */
const OPTION = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/

/** An answer without the form's words: what is in it, never brackets and quotation marks. */
export function bareSaid(value: Value | undefined, plain: Plain): string {
  if (value === undefined || empty(value)) return plain.blank
  if (typeof value === 'string' && OPTION.test(value)) return say('code', { id: value })
  if (typeof value === 'string' && DAY.test(value)) return format.partialDate(value)
  if (typeof value === 'boolean') return value ? plain.yes : plain.no
  if (Array.isArray(value)) return value.map((row: Row) => rowSaid(row, plain)).join('\n')
  return typeof value === 'object' ? addressSaid(value as Address) : String(value)
}

export interface BareTold {
  id: string
  /** Null where no form knows the question. */
  label: string | null
  words: string
  rows: Rows
}

/** The answers by the words of another version of the form, as far as its questions are the same. */
export function nearlyTold(form: Definition | null, { answers }: Pick<Full, 'answers'>, plain: Plain): BareTold[] {
  const fields = new Map(form?.steps.flatMap((step) => step.fields).map((field) => [field.id, field]))
  return Object.entries(answers).map(([id, value]) => {
    const field = fields.get(id)
    const fits = field !== undefined && (field.kind !== 'choice' || field.options?.some((option) => option.id === value) === true)
    const told = fits ? { words: said(field, value, plain), rows: rowsOf(field, value, plain) } : { words: bareSaid(value, plain), rows: [] }
    return { id, label: field?.label ?? null, ...told }
  })
}

/** Each cell behind the code of its column; the name of a row is not said by anybody. */
const rowSaid = (row: Row, plain: Plain): string =>
  Object.entries(row)
    .filter(([id]) => id !== 'row')
    .map(([id, value]) => `${say('code', { id })} ${bareSaid(value, plain)}`)
    .join(' · ')
