/** What may stand in the address where else the chosen way to pay does. */
import type { Obligation } from '../../api/schema.ts'
import { way } from '../ways.ts'

export const RELATIVE = 'nguoi-than'
export const EXEMPT = 'mien-phi'
/** All ways, also while an exemption is looked at. */
export const WAYS = 'tra'

/** Where the ways are chosen: while an exemption is looked at, the page of paying tells of that alone. */
export const waysOf = (id: string, { state }: Pick<Obligation, 'state'>): string =>
  state === 'exemption_review' ? way.payBy(id, WAYS) : way.pay(id)
