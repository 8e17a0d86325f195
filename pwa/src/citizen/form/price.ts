/** `3 × 8.000 đ = 24.000 đ` under the number that a fee is counted by. */
import type { Definition, Field, Values } from '../../form/definition.ts'
import { feeOf } from '../../form/fee.ts'
import { today } from '../../form/today.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/next.ts'

/** The form that a number is part of: what it costs depends on the other answers. */
export interface Priced {
  definition: Definition
  values: Values
}

export function priceOf({ definition, values }: Priced, field: Field): string | null {
  const line = feeOf(definition, values, today())?.lines.find(
    ({ item }) => item.quantity?.answer === field.id,
  )
  if (line === undefined || line.amount === null || line.each === null) return null
  return say('count.price', {
    count: line.quantity,
    each: format.money(line.each),
    sum: format.money(line.amount),
  })
}
