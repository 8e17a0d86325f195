/** What even a half-filled form must keep: kind of value, length, known parts. */
import type { Address, Field, Row, Value } from '../definition.ts'
import { tidy } from '../text.ts'
import { fault, type Fault } from '../wrong.ts'
import { numberShape } from './numbers.ts'
import { hides, LONGEST } from './texts.ts'

const ADDRESS: Readonly<Record<string, number>> = { province: 120, ward: 120, street: 200 }
const MOST_ROWS = 50
const FIXED = ['choice', 'date', 'partial_date']

/** What was pasted into a box of one line becomes one line. */
export const oneLine = (kind: string): boolean => kind !== 'long_text' && !FIXED.includes(kind)

function textShape(value: unknown, most: number, kind: string, inside: string): Fault[] {
  const fixed = FIXED.includes(kind)
  if (typeof value !== 'string' || (fixed && value.length > most)) return [fault('shape', {}, inside)]
  const text = oneLine(kind) ? tidy(value) : value
  const written = [...text].length
  if (written > most) return [fault('too-long', { limit: most, written }, inside)]
  return hides(text, kind === 'long_text') ? [fault('hidden-characters', {}, inside)] : []
}

function addressShape(value: Value): Fault[] {
  if (typeof value !== 'object' || Array.isArray(value)) return [fault('shape')]
  return Object.entries(value as Address).flatMap(([part, text]) => {
    const most = ADDRESS[part]
    if (most === undefined) return [fault('unknown', {}, `/${part}`)]
    return text === null ? [] : textShape(text, most, 'text', `/${part}`)
  })
}

function rowShape(field: Field, row: Row, index: number, double: boolean): Fault[] {
  const inside = `/${index}`
  if (typeof row?.row !== 'string' || !/^[\w-]{1,64}$/.test(row.row)) return [fault('shape', {}, inside)]
  const cells = Object.entries(row).flatMap(([key, value]) => {
    if (key === 'row' || value === undefined) return [] // also a cell that was cleared
    const column = field.columns?.find(({ id }) => id === key)
    if (column === undefined) return [fault('unknown', {}, `${inside}/${key}`)]
    return value === null ? [] : within(shape(column, value), `${inside}/${key}`)
  })
  return double ? [fault('row', {}, `${inside}/row`), ...cells] : cells
}

function rowsShape(field: Field, value: Value): Fault[] {
  if (!Array.isArray(value) || value.length > MOST_ROWS) return [fault('shape')]
  const rows = value as readonly Row[]
  return rows.flatMap((row, index) => {
    const double = rows.slice(0, index).some((before) => before.row === row.row)
    return rowShape(field, row, index, double)
  })
}

/** Move the places of faults inside a larger value. */
export const within = (faults: readonly Fault[], inside: string): Fault[] =>
  faults.map((one) => ({ ...one, inside: inside + one.inside }))

export function shape(field: Field, value: Value): Fault[] {
  if (value === '') return []
  switch (field.kind) {
    case 'number':
    case 'money':
      return numberShape(field, value)
    case 'yes_no':
    case 'declaration':
      return typeof value === 'boolean' ? [] : [fault('shape')]
    case 'address':
      return addressShape(value)
    case 'rows':
      return rowsShape(field, value)
    default: {
      const given = field.kind === 'date' || field.kind === 'partial_date' ? null : field.max_length
      return textShape(value, given ?? LONGEST[field.kind] ?? 0, field.kind, '')
    }
  }
}
