/** What is wrong with an answer, and how to mend it: in Vietnamese the server's very words. */
import type { Wrong } from '../../form/check.ts'
import type { DayUnit } from '../../form/definition.ts'
import { say } from '../../words/next.ts'
import * as format from '../../words/format.ts'

/** A label inside a sentence: `Số điện thoại` becomes `số điện thoại`, `CCCD` stays. */
export function inner(label: string): string {
  const second = label.slice(1, 2)
  const plain = second === ' ' || second === ',' || second !== second.toUpperCase()
  return plain ? label.slice(0, 1).toLowerCase() + label.slice(1) : label
}

const text = (value: string | number | undefined): string =>
  typeof value === 'string' ? format.partialDate(value) : String(value ?? '')

export function sentence({ code, field, inside, facts }: Wrong): string {
  const limit = text(facts.limit)
  const written = text(facts.written)
  switch (code) {
    case 'empty':
      if (field.label.endsWith('?')) return say('err.unanswered', { label: field.label })
      return say('err.empty', { label: missingPart(inside) ?? inner(field.label) })
    case 'choose':
    case 'declare':
    case 'name':
    case 'email':
    case 'future':
    case 'odd-name':
    case 'odd-idnumber':
    case 'odd-province':
    case 'odd-ward':
    case 'odd-phone':
    case 'odd-man':
    case 'odd-woman':
    case 'closed':
      return say(`err.${code}`)
    case 'odd-year':
      return say('doubt.year', { limit })
    case 'over':
      return say(field.kind === 'date' ? 'doubt.over' : 'doubt.session')
    case 'phone':
      if (facts.begins === undefined) return say('err.phone')
      return facts.written === undefined ? say('err.phone.begins', { begins: facts.begins }) : say('err.phone.old', { begins: facts.begins, written })
    case 'idnumber':
      if (facts.begins !== undefined) return say('err.idzeros')
      return facts.written === undefined ? say('err.iddigits') : say('err.idnumber', { written })
    case 'too-long':
      return field.kind === 'phone' ? say('err.phones') : say('err.long', { limit, written })
    case 'too-small':
      return say('err.small', { limit, written })
    case 'too-large':
      return facts.written === undefined ? say('err.huge', { limit: format.grouped(Number(limit)) }) : say('err.large', { limit, written })
    case 'date':
      return field.kind === 'date' ? say('err.date') : say('err.partial')
    case 'month':
      return facts.written === undefined ? say('err.month.missing') : say('err.month', { written })
    case 'day':
      if (facts.month === undefined) return say('err.day.any', { written })
      return say('err.day', { month: facts.month, year: facts.year ?? '', limit, written })
    case 'too-early':
      if (field.lead?.closed) return say('err.visit', { limit })
      return field.lead && field.lead.days > 0 ? say('err.lead', { limit, days: noticeOf(field.lead) }) : say('err.early', { limit })
    case 'too-late':
      return say('err.late', { limit })
    case 'too-young':
      return say('err.young', { limit, since: say(SINCE[String(facts.written).length] ?? 'since.day', { written }) })
    case 'rows':
      return Number(facts.written) < Number(facts.limit) ? say('err.rows.few', { limit, label: inner(field.label) }) : say('err.rows.many', { limit })
    case 'misfit':
    case 'odd-fit':
      return facts.words ?? ''
    case 'hidden-characters':
      return say('err.hidden')
    default:
      return field.kind === 'number' || field.kind === 'money' ? say('err.number') : say('err.shape')
  }
}

/** How much is known of a date tells what it names. */
const SINCE: Readonly<Record<number, 'since.month' | 'since.year'>> = { 4: 'since.year', 7: 'since.month' }

/** `3 ngày làm việc`, or plain days. */
const noticeOf = ({ days, unit }: { days: number; unit: DayUnit }): string =>
  say(unit === 'days' ? 'more.days' : 'more.workingDays', { days })

/** The part of an address that is missing has a name of its own. */
function missingPart(inside: string): string | null {
  if (inside === '/ward') return inner(say('address.ward'))
  return inside === '/province' ? inner(say('address.province')) : null
}
