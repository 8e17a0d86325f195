/** Faults in words, each with the box that mends it. */
import type { Wrong } from '../../form/check.ts'
import { sentence } from './sentences.ts'
import type { Told } from './told.ts'

/** A date's fault stands in one of its three boxes. */
function target({ at, code, field }: Wrong): string {
  if (field.kind !== 'date' && field.kind !== 'partial_date') return at
  if (code === 'day' || code === 'month') return `${at}-${code}`
  return field.kind === 'date' ? `${at}-day` : `${at}-year`
}

/** Say what is wrong, and where it is mended; two faults in one wording are named by their question. */
function one(wrong: Wrong, all: readonly Wrong[]): Told {
  const words = sentence(wrong)
  const { label } = wrong.field
  const alone = all.filter((other) => sentence(other) === words).length === 1
  const named = alone ? words : `${label}${label.endsWith('?') ? '' : ':'} ${words}`
  return { at: wrong.at, code: wrong.code, words, named, mild: wrong.code === 'closed' || wrong.code.startsWith('odd-'), target: target(wrong) }
}

/** Say all that is wrong. */
export const told = (all: readonly Wrong[]): Told[] => all.map((wrong) => one(wrong, all))
