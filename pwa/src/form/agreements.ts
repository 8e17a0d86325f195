/** Answers that must fit each other; the same vectors are checked by the server's tests. */
import { faults, innermost, type Wrong } from './check.ts'
import type { Agreement, Definition, Field, Row, Value, Values } from './definition.ts'
import { normalDate } from './kinds/dates.ts'
import { fault } from './wrong.ts'

const TESTS = ['before', 'not_before', 'after', 'not_after', 'unlike'] as const
const DATE = /^\d{4}(-\d{2}(-\d{2})?)?$/
const WHOLE = 10

type Test = (typeof TESTS)[number]

const testOf = (agreement: Agreement): Test => TESTS.find((test) => agreement[test] !== undefined) ?? 'unlike'

/** Compare two answers; one that is missing or no date (no number) fits everything. */
function fits(test: Test, value: Value | undefined, other: Value | undefined): boolean {
  if (typeof value !== 'string' || typeof other !== 'string') return true
  if (test === 'unlike') return value.trim() === '' || value.replace(/\s/g, '') !== other.replace(/\s/g, '')
  const [left, right] = [normalDate(value), normalDate(other)]
  if (!DATE.test(left) || !DATE.test(right)) return true
  const known = Math.min(left.length, right.length)
  const [one, two] = [left.slice(0, known), right.slice(0, known)]
  if (one === two) return test === 'not_before' || test === 'not_after' || known < WHOLE
  return one < two === (test === 'before' || test === 'not_after')
}

/** The places of the answer that do not fit: empty, or `/0/den` of a row. */
export function misfits(agreement: Agreement, values: Values): string[] {
  const test = testOf(agreement)
  const [asked = '', column] = agreement.answer.split('.')
  const [other = '', beside] = (agreement[test] ?? '').split('.')
  const value = values[asked]
  if (column === undefined) return fits(test, value, values[other]) ? [] : ['']
  return (Array.isArray(value) ? (value as readonly Row[]) : []).flatMap((row, index) =>
    fits(test, row[column], beside === undefined ? values[other] : row[beside]) ? [] : [`/${index}/${column}`],
  )
}

interface Misfit {
  agreement: Agreement
  /** Place inside the answer of the later question. */
  inside: string
}

const misfitsOf = (definition: Definition, values: Values): Misfit[] =>
  (definition.agreements ?? []).flatMap((agreement) => misfits(agreement, values).map((inside) => ({ agreement, inside })))

const question = (named = ''): string => named.split('.')[0] ?? ''

const placed = ({ agreement }: Misfit, field: Field, inside: string): Wrong => ({
  ...fault('misfit', { words: agreement.words }, inside),
  at: field.id + inside,
  field: innermost(field, inside),
})

/** What is wrong with the answers to these questions: by themselves, then beside those given before. */
export function judgeAll(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  const alone = faults(fields, values, today)
  const beside = misfitsOf(definition, values).flatMap((one) => {
    const field = fields.find(({ id }) => id === question(one.agreement.answer))
    return field === undefined ? [] : [placed(one, field, one.inside)]
  })
  return [...alone, ...beside.filter(({ at }) => !alone.some((one) => one.at === at))]
}

/** What does not fit where these questions alone can be answered anew: told at one of them. */
export function misfitsAmong(definition: Definition, fields: readonly Field[], values: Values): Wrong[] {
  return misfitsOf(definition, values).flatMap((one) => {
    const { agreement, inside } = one
    const later = fields.find(({ id }) => id === question(agreement.answer))
    if (later !== undefined) return [placed(one, later, inside)]
    const earlier = fields.find(({ id }) => id === question(agreement[testOf(agreement)]))
    return earlier === undefined ? [] : [placed(one, earlier, '')]
  })
}
