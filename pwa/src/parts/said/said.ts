/** An answer as it is read back, to the person who gave it and to the officer. */
import { empty } from '../../form/conditions.ts'
import type { Address, Field, Row, Value } from '../../form/definition.ts'
import { normalDate } from '../../form/kinds/dates.ts'
import { phoneDigits } from '../../form/kinds/texts.ts'
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

/** What was left blank by right is left out; yes and no say what they answer. */
const rowSaid = (field: Field, row: Row, plain: Plain): string =>
  (field.columns ?? [])
    .filter((column) => column.required || !empty(row[column.id]))
    .map((column) => {
      const words = said(column, row[column.id], plain)
      return column.kind === 'yes_no' ? `${column.label}: ${words}` : words
    })
    .join(', ')
