/** An answer as it is read back, to the person who gave it and to the officer. */
import { empty } from '../../form/conditions.ts'
import type { Address, Field, Row, Value } from '../../form/definition.ts'
import { normalDate } from '../../form/kinds/dates.ts'
import { phoneDigits } from '../../form/kinds/texts.ts'
import { narrow } from '../../form/text.ts'
import * as format from '../../words/format.ts'

/** Words for what has no text of its own. */
export interface Plain {
  yes: string
  no: string
  blank: string
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
    case 'personal_number':
      return narrow(String(value))
    case 'money':
      return typeof value === 'number' ? format.money(value) : String(value)
    case 'address':
      return addressSaid(value as Address)
    case 'rows':
      return lined(rowsOf(field, value, plain))
    default:
      return String(value)
  }
}

export const addressSaid = ({ street = '', ward = '', province = '' }: Partial<Address>): string =>
  [street, ward, province].filter((part) => part.trim() !== '').join(', ')

/** One cell of a repeated row: what its column asks, and what was answered. */
export interface Cell {
  label: string
  words: string
}

export type Rows = readonly (readonly Cell[])[]

/** Repeated rows, cell by cell; what was left blank by right is left out. */
export const rowsOf = ({ kind, columns }: Field, value: Value | undefined, plain: Plain): Rows =>
  kind !== 'rows' || !Array.isArray(value)
    ? []
    : (value as readonly Row[]).map((row) =>
        (columns ?? [])
          .filter(({ id, required }) => required || !empty(row[id]))
          .map((column) => ({ label: asked(column.label), words: said(column, row[column.id], plain) })),
      )

/** A question asks by itself. */
const asked = (label: string): string => (label.endsWith('?') ? label : `${label}:`)

/** Rows as plain text, below each other. */
const lined = (rows: Rows): string =>
  rows.map((cells) => cells.map(({ label, words }) => `${label} ${words}`).join(' · ')).join('\n')
