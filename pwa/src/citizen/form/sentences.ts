/** What is wrong with an answer, and how to mend it. */
import type { Wrong } from '../../form/check.ts'
import { boxes } from '../../form/kinds/dates.ts'
import { say } from '../../words/first.ts'
import * as format from '../../words/format.ts'

/** A label inside a sentence: `Số điện thoại` becomes `số điện thoại`, `CCCD` stays. */
export function inner(label: string): string {
  const [first = '', second = ''] = label
  return second === second.toLowerCase() ? first.toLowerCase() + label.slice(1) : label
}

const digits = (value: unknown): number => String(value ?? '').replace(/\D/g, '').length
const bound = (value: unknown): string =>
  typeof value === 'string' ? format.partialDate(value) : String(value ?? '')

export function sentence({ code, field, value }: Wrong): string {
  const label = inner(field.label)
  switch (code) {
    case 'missing':
      return missing(field.kind, label)
    case 'phone':
      return say('err.phone')
    case 'personal_number':
      return say('err.idnumber', { count: digits(value) })
    case 'email':
      return say('err.email')
    case 'number':
      return say('err.number', { label })
    case 'too_small':
      return say('err.small', { label, least: bound(field.min) })
    case 'too_large':
      return say('err.large', { label, most: bound(field.max) })
    case 'date':
      return say('err.date')
    case 'day':
      return say('err.day')
    case 'month':
      return say('err.month', { month: boxes(value).month || '…' })
    case 'year':
      return say('err.year')
    case 'future':
      return say('err.future')
    case 'too_early':
      return say('err.early', { date: bound(field.min) })
    case 'too_late':
      return field.max === undefined || field.max === null ? say('err.future') : say('err.late', { date: bound(field.max) })
    case 'choose':
      return say('err.choose')
    case 'address':
      return say('err.address')
    case 'declaration':
      return say('err.declare')
    case 'too_short':
      return say('err.name', { label })
    case 'too_long':
      return say('err.long', { label })
    default:
      return say('err.odd', { label })
  }
}

function missing(kind: string, label: string): string {
  if (kind === 'choice' || kind === 'yes_no') return say('err.choose')
  if (kind === 'declaration') return say('err.declare')
  return say('err.empty', { label })
}
