/** Whether an address names a ward and a province there are: judged by whoever has the names, once they are here. */
import type { Address } from './definition.ts'
import type { Fault } from './wrong.ts'

type Judge = (address: Address) => Fault[]

let judge: Judge = () => []

/** The names have come. */
export function judgeAddresses(by: Judge): void {
  judge = by
}

export const addressDoubts: Judge = (address) => judge(address)
