/** Answers that must fit each other; the same vectors are checked by the server's tests. */
import { faults, innermost, type Wrong } from './check.ts'
import { empty, shown } from './conditions.ts'
import type { Agreement, Definition, Field, Row, Value, Values } from './definition.ts'
import { normalDate } from './kinds/dates.ts'
import { fault } from './wrong.ts'

const TESTS = ['before', 'not_before', 'after', 'not_after', 'unlike', 'aged', 'apart'] as const
/** A rule that says more is newer than this page, which passes it over: the server looks at it. */
const KNOWN = /^(id|answer|years|when|mild|words)$/
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/
const WHOLE = 10
/** No end is not yet. */
const OPEN = '9999'

type Test = (typeof TESTS)[number]

const testOf = (agreement: Agreement): Test | undefined => TESTS.find((test) => agreement[test] !== undefined)

const isEarlier = (test: Test): boolean => test === 'before' || test === 'not_after'

/** Compare two answers; one that is missing or no date (no number) fits everything. */
function compared(test: Test, value: Value | undefined, other: Value | undefined): boolean {
  if (typeof value !== 'string' || typeof other !== 'string') return true
  if (test === 'unlike') return value.trim() === '' || value.replace(/\s/g, '') !== other.replace(/\s/g, '')
  const [left, right] = [normalDate(value), normalDate(other)]
  if (!DATE.test(left) || !DATE.test(right)) return true
  const known = Math.min(left.length, right.length)
  const [one, two] = [left.slice(0, known), right.slice(0, known)]
  if (one === two) return test === 'not_before' || test === 'not_after' || known < WHOLE
  return one < two === isEarlier(test)
}

/** The same day so many years later; what is no date becomes none. */
const later = (day: Value | undefined, years: number): Value | undefined =>
  years !== 0 && typeof day === 'string' ? `${Number(day.slice(0, 4)) + years}${day.slice(4)}` : day

function fits(agreement: Agreement, value: Value | undefined, other: Value | undefined, today: string): boolean {
  const { years = 0 } = agreement
  const test = testOf(agreement)
  if (test === undefined) return false
  if (test === 'aged') return compared('not_before', today, later(other, years))
  return compared(test, value, later(other, isEarlier(test) ? -years : years))
}

/** The last of these rows shares no time with one before. */
function apart(rows: readonly Row[], first: string, last: string): boolean {
  const begun = (one: Row | undefined, other: Row | undefined): boolean =>
    !compared('not_before', one?.[first], other?.[last] || OPEN)
  const row = rows.at(-1)
  return !rows.slice(0, -1).some((one) => begun(row, one) && begun(one, row))
}

/** The places of the answer that do not fit: empty, or `/0/den` of a row. */
export function misfits(agreement: Agreement, values: Values, today: string): string[] {
  const test = testOf(agreement)
  const [asked = '', column] = agreement.answer.split('.')
  const [other = '', beside] = ((test && agreement[test]) ?? '').split('.')
  const value = values[asked]
  if (empty(value) || Object.keys(agreement).some((key) => key !== test && !KNOWN.test(key)) || !shown(agreement, values, today)) return []
  if (column === undefined) return fits(agreement, value, values[other], today) ? [] : ['']
  const rows = Array.isArray(value) ? (value as readonly Row[]) : []
  return rows.flatMap((row, index) => {
    const good =
      test === 'apart'
        ? apart(rows.slice(0, index + 1), column, beside ?? '')
        : fits(agreement, row[column], beside === undefined ? values[other] : row[beside], today)
    return good ? [] : [`/${index}/${column}`]
  })
}

interface Misfit {
  agreement: Agreement
  /** Place inside the answer of the later question. */
  inside: string
}

const misfitsOf = (definition: Definition, values: Values, today: string): Misfit[] =>
  [...(definition.agreements ?? []), ...(definition.asks ?? [])].flatMap((agreement) => misfits(agreement, values, today).map((inside) => ({ agreement, inside })))

const question = (named = ''): string => named.split('.')[0] ?? ''

const otherOf = (agreement: Agreement): string => {
  const test = testOf(agreement)
  return question(test && agreement[test])
}

const placed = ({ agreement }: Misfit, field: Field, inside: string): Wrong => ({
  ...fault(agreement.mild === true ? 'odd-fit' : 'misfit', { words: agreement.words, beside: otherOf(agreement) }, inside),
  at: field.id + inside,
  field: innermost(field, inside),
})

/** What does not fit, told at the later question of two. */
function beside(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  return misfitsOf(definition, values, today).flatMap((one) => {
    const field = fields.find(({ id }) => id === question(one.agreement.answer))
    return field === undefined ? [] : [placed(one, field, one.inside)]
  })
}

const isMild = ({ code }: Wrong): boolean => code === 'odd-fit'

/** What is wrong with the answers to these questions: by themselves, then beside those given before. */
export function judgeAll(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  const alone = faults(fields, values, today)
  const found = beside(definition, fields, values, today).filter((one) => !isMild(one))
  return [...alone, ...found.filter(({ at }) => !alone.some((one) => one.at === at))]
}

/** What does not fit and may be right all the same: asked about, never refused. */
export const oddFits = (definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] =>
  beside(definition, fields, values, today).filter(isMild)

/** What does not fit where these questions alone can be answered anew: told at one of them. */
export function misfitsAmong(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  return misfitsOf(definition, values, today).flatMap((one) => {
    const { agreement, inside } = one
    const later = fields.find(({ id }) => id === question(agreement.answer))
    if (later !== undefined) return [placed(one, later, inside)]
    const earlier = fields.find(({ id }) => id === otherOf(agreement))
    return earlier === undefined ? [] : [placed(one, earlier, '')]
  })
}
