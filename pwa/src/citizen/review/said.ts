/** An answer as it is read back to the person. */
import type { Address, Field, Row, Value } from '../../form/definition.ts'
import { empty } from '../../form/conditions.ts'
import { normalDate } from '../../form/kinds/dates.ts'
import { phoneDigits } from '../../form/kinds/texts.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'

export function said(field: Field, value: Value | undefined): string {
  if (value === undefined || empty(value)) return say('review.blank')
  switch (field.kind) {
    case 'choice':
      return field.options?.find((option) => option.id === value)?.label ?? String(value)
    case 'yes_no':
      return value === true ? say('review.yes') : say('review.no')
    case 'date':
    case 'partial_date':
      return format.partialDate(normalDate(String(value)))
    case 'phone':
      return format.phone(phoneDigits(String(value)))
    case 'money':
      return typeof value === 'number' ? format.money(value) : String(value)
    case 'address': {
      const { street, ward, province } = value as Address
      return [street, ward, province].filter((part) => part !== undefined && part.trim() !== '').join(', ')
    }
    case 'rows':
      return (value as readonly Row[]).map((row) => rowSaid(field, row)).join('; ')
    default:
      return String(value)
  }
}

function rowSaid(field: Field, row: Row): string {
  return (field.columns ?? []).map((column) => said(column, row[column.id])).join(', ')
}
