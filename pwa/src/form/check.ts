/** What is wrong with the values of a form: the same verdicts as the server's, before sending. */
import { empty, shown } from './conditions.ts'
import type { Field, Row, Value, Values } from './definition.ts'
import type { Code } from './kinds/check.ts'
import { checks } from './kinds/kinds.ts'

/** One fault: where the person sees it, and which sentence says so. */
export interface Wrong {
  /** The field, or for rows `field.index.column`. */
  at: string
  code: Code
  field: Field
  value: Value | undefined
}

function rowFaults(field: Field, rows: readonly Row[], today: string): Wrong[] {
  const { min, max } = field
  if (typeof min === 'number' && rows.length < min) return [wrong(field, 'too_small', rows)]
  if (typeof max === 'number' && rows.length > max) return [wrong(field, 'too_large', rows)]
  return rows.flatMap((row, index) =>
    (field.columns ?? []).flatMap((column) =>
      faultsOf(column, row[column.id], today).map((fault) => ({
        ...fault,
        at: `${field.id}.${index}.${fault.at}`,
      })),
    ),
  )
}

const wrong = (field: Field, code: Code, value: Value | undefined): Wrong => ({
  at: field.id,
  code,
  field,
  value,
})

/** The faults of one field that is shown. */
export function faultsOf(field: Field, value: Value | undefined, today: string): Wrong[] {
  if (empty(value) || value === false) {
    if (field.kind === 'yes_no' && value === false) return []
    return field.required ? [wrong(field, 'missing', value)] : []
  }
  if (field.kind === 'rows') return rowFaults(field, value as readonly Row[], today)
  const code = checks[field.kind](value as Value, field, today)
  return code === null ? [] : [wrong(field, code, value)]
}

/** The faults of all fields given, those hidden by their condition left out. */
export function faults(fields: readonly Field[], values: Values, today: string): Wrong[] {
  return fields
    .filter((field) => shown(field, values, today))
    .flatMap((field) => faultsOf(field, values[field.id], today))
}
