/** What is wrong with the values of a form: the same verdicts as the server's, before sending. */
import { empty, shown } from './conditions.ts'
import type { Address, Field, Row, Value, Values } from './definition.ts'
import { date, normalDate, partialDate } from './kinds/dates.ts'
import { wholeNumber } from './kinds/numbers.ts'
import { oneLine, shape, within } from './kinds/shape.ts'
import { email, isOddNumber, isOddPhone, name, oddName, personalNumber, phone } from './kinds/texts.ts'
import { addressDoubts } from './places.ts'
import { tidy } from './text.ts'
import { isOver } from './over.ts'
import { fault, type Fault } from './wrong.ts'

/** A fault of one field, and the box where the person sees it. */
export interface Wrong extends Fault {
  /** The field, and the place inside: `nyc_noi_cu_tru/ward`. */
  at: string
  field: Field
}

const MOST_ROWS = 50

function missing({ kind }: Field): Fault {
  if (kind === 'choice' || kind === 'yes_no') return fault('choose')
  return fault(kind === 'declaration' ? 'declare' : 'empty')
}

function addressFaults(field: Field, value: Value | undefined): Fault[] {
  const { ward, province } = (value ?? {}) as Partial<Address>
  if (!field.required && empty(value)) return []
  const lacking = { ward, province } // in the order of their boxes
  return Object.entries(lacking)
    .filter(([, text]) => empty(text))
    .map(([part]) => fault('empty', {}, `/${part}`))
}

function rowsFaults(field: Field, rows: readonly Row[], today: string): Fault[] {
  const least = typeof field.min === 'number' ? field.min : Number(field.required)
  const most = typeof field.max === 'number' ? field.max : MOST_ROWS
  const count = []
  if (rows.length < least) count.push(fault('rows', { limit: least, written: rows.length }))
  if (rows.length > most) count.push(fault('rows', { limit: most, written: rows.length }))
  const cells = rows.flatMap((row, index) =>
    (field.columns ?? []).flatMap((column) =>
      within(valueFaults(column, row[column.id], today), `/${index}/${column.id}`),
    ),
  )
  return [...count, ...cells]
}

/** The rules of a kind, for a value that is there and of the right shape. */
function kindFault(field: Field, value: Value, today: string): Fault | null {
  switch (field.kind) {
    case 'name':
      return name(String(value), field, today)
    case 'phone':
      return phone(String(value), field, today)
    case 'personal_number':
      return personalNumber(String(value), field, today)
    case 'email':
      return email(String(value), field, today)
    case 'number':
    case 'money':
      return wholeNumber(Number(value), field, today)
    case 'date':
      return date(String(value), field, today)
    case 'partial_date':
      return partialDate(String(value), field, today)
    case 'choice':
      return field.options?.some(({ id }) => id === value) === true ? null : fault('choose')
    case 'declaration':
      return field.required && value !== true ? fault('declare') : null
    default:
      return null
  }
}

/** Check one value as it is handed in: there where it is required, and true to its kind. */
export function valueFaults(field: Field, value: Value | undefined, today: string): Fault[] {
  const shapeless = value === undefined || value === null ? [] : shape(field, value)
  if (shapeless.length > 0) return shapeless
  if (field.kind === 'address') return addressFaults(field, value)
  if (field.kind === 'rows') return rowsFaults(field, (value ?? []) as readonly Row[], today)
  if (empty(value)) return field.required ? [missing(field)] : []
  const given = typeof value === 'string' && oneLine(field.kind) ? tidy(value) : value
  const found = kindFault(field, given as Value, today)
  return found === null ? [] : [found]
}

/** A visit on a day off, or when the desk has closed by now. */
function visitDoubts(day: string, { closed = [], ends = '24:00' }: NonNullable<Field['lead']>): Fault[] {
  if (closed.includes(day)) return [fault('closed')]
  return isOver(day, ends) ? [fault('over')] : []
}

/** What may be a slip in one value that is taken all the same: asked about, never refused. */
export function valueDoubts(field: Field, value: Value | undefined): Fault[] {
  if (field.kind === 'rows' && Array.isArray(value))
    return (value as readonly Row[]).flatMap((row, index) =>
      (field.columns ?? []).flatMap((column) =>
        within(valueDoubts(column, row[column.id]), `/${index}/${column.id}`),
      ),
    )
  if (field.kind === 'address' && !empty(value)) return addressDoubts(value as Address)
  if (typeof value === 'string' && field.lead?.closed !== undefined) return visitDoubts(normalDate(value), field.lead)
  if (field.kind === 'personal_number' && isOddNumber(value)) return [fault('odd-idnumber')]
  if (field.kind === 'phone' && typeof value === 'string' && isOddPhone(value)) return [fault('odd-phone')]
  return field.kind === 'name' && typeof value === 'string' && oddName(tidy(value)) ? [fault('odd-name')] : []
}

/** The field that a place inside another speaks of: a row's cell has its own label and kind. */
export function innermost(field: Field, inside: string): Field {
  const [, , column] = inside.split('/')
  return field.columns?.find(({ id }) => id === column) ?? field
}

export const placed = (field: Field, found: readonly Fault[]): Wrong[] =>
  found.map((one) => ({ ...one, at: field.id + one.inside, field: innermost(field, one.inside) }))

/** The faults of one field that is shown. */
export const faultsOf = (field: Field, value: Value | undefined, today: string): Wrong[] =>
  placed(field, valueFaults(field, value, today))

/** What in one field that is shown is asked about once, where nothing is wrong with it. */
export const doubtsOf = (field: Field, value: Value | undefined, today: string): Wrong[] =>
  valueFaults(field, value, today).length > 0 ? [] : placed(field, valueDoubts(field, value))

/** The faults of all fields given, those hidden by their condition left out. */
export function faults(fields: readonly Field[], values: Values, today: string): Wrong[] {
  return fields
    .filter((field) => shown(field, values, today))
    .flatMap((field) => faultsOf(field, values[field.id], today))
}
