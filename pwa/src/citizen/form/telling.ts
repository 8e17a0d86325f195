/** Faults in words, each with the box that mends it. */
import type { Wrong } from '../../form/check.ts'
import { say } from '../../words/next.ts'
import { sentence } from './sentences.ts'
import type { Told } from './told.ts'

/** A date's fault stands in one of its three boxes. */
function target({ at, code, field }: Wrong): string {
  if (field.kind !== 'date' && field.kind !== 'partial_date') return at
  if (code === 'day' || code === 'month') return `${at}-${code}`
  return field.kind === 'date' ? `${at}-day` : `${at}-year`
}

/** In the summary a fault in a repeated group says in which row it stands. */
function inRow({ inside }: Wrong, words: string): string {
  const index = /^\/(\d+)\//.exec(inside)?.[1]
  return index === undefined ? words : say('err.row', { number: Number(index) + 1, words })
}

/** Say what is wrong, and where it is mended; two faults in one wording are named by their question. */
function one(wrong: Wrong, all: readonly Wrong[]): Told {
  const words = sentence(wrong)
  const { label } = wrong.field
  const placed = (each: Wrong): string => inRow(each, sentence(each))
  const alone = all.filter((other) => placed(other) === placed(wrong)).length === 1
  const named = inRow(wrong, alone ? words : `${label}${label.endsWith('?') ? '' : ':'} ${words}`)
  return { at: wrong.at, code: wrong.code, words, named, mild: isMild(wrong), target: target(wrong), beside: wrong.facts.beside }
}

const isMild = ({ code }: Wrong): boolean => /^(closed|over|odd-)/.test(code)

/** Say all that is wrong; what may be a slip, where nothing else is said at its place. */
export function told(all: readonly Wrong[]): Told[] {
  const said = all.filter((wrong, index) => !isMild(wrong) || !all.some((other, place) => other.at === wrong.at && (!isMild(other) || place < index)))
  return said.map((wrong) => one(wrong, said))
}
