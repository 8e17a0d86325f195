/** Conditions are small data, never code; the same vectors are checked by the server's tests. */
import type { Bound, Condition, Definition, Field, Step, Value, Values } from './definition.ts'

const DAY = 86_400_000
const FULL_DATE = /^\d{4}-\d{2}-\d{2}$/

/** Nothing was given: no value, blanks, an empty list, an address without a word. */
export function empty(value: Value | undefined | null): boolean {
  if (value === undefined || value === null) return true
  if (typeof value === 'string') return value.trim() === ''
  if (Array.isArray(value)) return value.length === 0
  if (typeof value === 'object') return Object.values(value).every((part) => empty(part as Value))
  return false
}

/** The moment of a full and real date; null for anything else. */
export function fullDate(value: unknown): number | null {
  if (typeof value !== 'string' || !FULL_DATE.test(value)) return null
  const moment = Date.parse(`${value}T00:00:00Z`)
  return Number.isNaN(moment) || !new Date(moment).toISOString().startsWith(value) ? null : moment
}

/** The order of two numbers or two full dates; null when they cannot be compared. */
function order(value: Value | undefined, bound: Bound): number | null {
  if (typeof value === 'number' && typeof bound === 'number') return Math.sign(value - bound)
  const [left, right] = [fullDate(value), fullDate(bound)]
  return left === null || right === null ? null : Math.sign(left - right)
}

function older(value: Value | undefined, days: number, today: string): boolean {
  const [then, now] = [fullDate(value), fullDate(today)]
  return then !== null && now !== null && (now - then) / DAY > days
}

/** Tell whether a condition holds; a missing or hidden answer passes only `filled: false`. */
export function holds(condition: Condition, values: Values, today: string): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, values, today))
  if ('any' in condition) return condition.any.some((part) => holds(part, values, today))
  if ('not' in condition) return !holds(condition.not, values, today)
  const value = values[condition.answer]
  if ('filled' in condition) return empty(value) !== condition.filled
  if ('is' in condition) return value === condition.is
  if ('in' in condition) return condition.in.some((one) => one === value)
  if ('older_than_days' in condition) return older(value, condition.older_than_days, today)
  if ('above' in condition) return order(value, condition.above) === 1
  if ('below' in condition) return order(value, condition.below) === -1
  if ('at_least' in condition) return (order(value, condition.at_least) ?? -1) >= 0
  return (order(value, condition.at_most) ?? 1) <= 0
}

export const shown = (
  thing: { when?: Condition | null },
  values: Values,
  today: string,
): boolean => thing.when === undefined || thing.when === null || holds(thing.when, values, today)

function visible(steps: readonly Step[], values: Values, today: string): readonly Field[] {
  return steps
    .filter((step) => shown(step, values, today))
    .flatMap((step) => step.fields.filter((field) => shown(field, values, today)))
}

/**
 * The values that count: those of fields that are shown.
 *
 * A hidden answer may hide others, so dropping goes on until nothing changes.
 */
export function counted(definition: Definition, values: Values, today: string): Values {
  let rest = values
  for (;;) {
    const kept = visible(definition.steps, rest, today)
      .filter((field) => rest[field.id] !== undefined)
      .map((field) => [field.id, rest[field.id]] as const)
    if (kept.length === Object.keys(rest).length) return rest
    rest = Object.fromEntries(kept)
  }
}
