/** What will be to pay, as far as the tariff is known; the server's obligation decides. */
import { counted, shown } from './conditions.ts'
import type { Definition, FeeItem, Values } from './definition.ts'

export interface FeeLine {
  item: FeeItem
  quantity: number
  /** What the tiers count in one, as its pages; null where they count nothing. */
  number: number | null
  /** For one, after its tiers; null while unknown. */
  each: number | null
  amount: number | null
}

export interface FeeSum {
  lines: FeeLine[]
  /** Null while a line's amount is unknown. */
  amount: number | null
}

/** A number answered; 1 where none is asked for, null where it is no count. */
function count(asked: { answer: string } | null | undefined, answers: Values): number | null {
  if (asked === undefined || asked === null) return 1
  const given = answers[asked.answer]
  return typeof given === 'number' && Number.isInteger(given) && given > 0 ? given : null
}

/** The amount for so many of what the tiers count: the third page costs less than the first. */
function tiered({ amount, then = [], most }: FeeItem, number: number): number | null {
  if (amount === null) return null
  const begins = [0, ...then.map(({ above }) => above), number]
  const total = [amount, ...then.map((tier) => tier.amount)].reduce((sum, each, place) => {
    const [from = 0, to = 0] = begins.slice(place, place + 2)
    return sum + each * Math.max(0, Math.min(number, to) - from)
  }, 0)
  return most === undefined ? total : Math.min(total, most)
}

function lineOf(item: FeeItem, answers: Values): FeeLine[] {
  const [quantity, number] = [count(item.quantity, answers), count(item.per, answers)]
  if (quantity === null || number === null) return []
  const each = tiered(item, number)
  return [{ item, quantity, number: item.per ? number : null, each, amount: each === null ? null : each * quantity }]
}

/** The lines that apply and their sum; `answers` without hidden ones. */
export function sumOf(items: readonly FeeItem[], answers: Values, today: string): FeeSum {
  const lines = items
    .filter((item) => shown(item, answers, today))
    .flatMap((item) => lineOf(item, answers))
  const amounts = lines.map((line) => line.amount)
  const known = amounts.filter((amount) => amount !== null)
  return {
    lines,
    amount: known.length < amounts.length ? null : known.reduce((sum, one) => sum + one, 0),
  }
}

/** The fee with the answers given; null where the procedure carries none. */
export function feeOf(definition: Definition, values: Values, today: string): FeeSum | null {
  if (definition.fee === null) return null
  return sumOf(definition.fee.items, counted(definition, values, today), today)
}
