/** `3 × 8.000 đ = 24.000 đ` under the number that a fee is counted by. */
import type { Definition, Field, Values } from '../../form/definition.ts'
import { feeOf, type FeeLine } from '../../form/fee.ts'
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
  const sum = say('count.price', {
    count: line.quantity,
    each: format.money(line.each),
    sum: format.money(line.amount),
  })
  const how = eachOf(line)
  return how === null ? sum : `${sum}. ${how}`
}

/** `Mỗi bản 4 trang: 6.000 đ`: what one costs, where it depends on what is counted in it. */
export function eachOf({ item, number, each }: FeeLine): string | null {
  if (number === null || each === null || item.unit === undefined) return null
  return say('count.each', { number, unit: item.unit, each: format.money(each) })
}
