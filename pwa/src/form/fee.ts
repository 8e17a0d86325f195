/** What will be to pay, as far as the tariff is known; the server's obligation decides. */
import { counted, shown } from './conditions.ts'
import type { Definition, FeeItem, Values } from './definition.ts'

export interface FeeLine {
  item: FeeItem
  quantity: number
  amount: number | null
}

export interface FeeSum {
  lines: FeeLine[]
  /** Null while a line's amount is unknown. */
  amount: number | null
}

function quantityOf(item: FeeItem, answers: Values): number {
  if (item.quantity === undefined || item.quantity === null) return 1
  const given = answers[item.quantity.answer]
  return typeof given === 'number' && given > 0 ? given : 1
}

/** The fee with the answers given; null where the procedure carries none. */
export function feeOf(definition: Definition, values: Values, today: string): FeeSum | null {
  if (definition.fee === null) return null
  const answers = counted(definition, values, today)
  const lines = definition.fee.items
    .filter((item) => shown(item, answers, today))
    .map((item) => {
      const quantity = quantityOf(item, answers)
      return { item, quantity, amount: item.amount === null ? null : item.amount * quantity }
    })
  const amounts = lines.map((line) => line.amount)
  const known = amounts.filter((amount) => amount !== null)
  return {
    lines,
    amount: known.length < amounts.length ? null : known.reduce((sum, one) => sum + one, 0),
  }
}
