/** What was counted in a till, beside what should be there. */
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { sumFault } from '../dossier/quoting.ts'
import type { Shift } from './till.ts'

export type Kind = 'cash' | 'pos'

/** Counted less expected; null while nobody has counted. */
export function gapOf(shift: Shift, kind: Kind): number | null {
  const [counted, expected] =
    kind === 'cash' ? [shift.counted_cash, shift.expected_cash] : [shift.counted_pos, shift.expected_pos]
  return counted === null || expected === null ? null : counted - expected
}

/** How a line of a shift was paid; a slip with its terminal, where that was written down. */
export function paidWords(slip: string | null): string {
  if (slip === null) return say('shift.line.cash')
  const [, terminal, number] = /^([0-9A-Za-z-]{1,32}):(.+)$/.exec(slip) ?? []
  if (terminal === undefined || number === undefined) return say('shift.line.pos', { slip })
  return say('shift.line.pos.at', { terminal, slip: number })
}

/** What differs, in words: nothing where all is there. */
export function gapsIn(shift: Shift): string[] {
  return (['cash', 'pos'] as const).flatMap((kind) => {
    const gap = gapOf(shift, kind) ?? 0
    if (gap === 0) return []
    return [say(`shift.${kind}.${gap < 0 ? 'less' : 'over'}`, { amount: format.money(Math.abs(gap)) })]
  })
}

/** The difference of one kind as the report says it. */
export function gapWords(gap: number): string {
  if (gap === 0) return say('shift.report.even')
  return say(gap < 0 ? 'shift.report.less' : 'shift.report.over', { amount: format.money(Math.abs(gap)) })
}

/** What is wrong with a sum as it was typed; nothing where it can be taken. */
export function sumWrong(text: string): string | undefined {
  const fault = sumFault(text)
  if (fault === null) return undefined
  return fault === 'big' ? say('shift.sum.big') : say('shift.sum.wrong')
}
