/** Answers that a card has lent to the form (từ thẻ): by question, whose card it was. */
import type { Definition, Field, Value, Values } from './definition.ts'

export type Holder = 'owner' | 'requester'
export type Lent = { readonly [field: string]: Holder }

const ON_A_CARD = /^(owner|requester)\.(name|personal_number|birth_date|gender|address)$/

/** Whom a question is about, where a card can answer it; an organisation has no card. */
export function holderOf({ is }: Field, { applicant }: Pick<Definition, 'applicant'>): Holder | null {
  const holder = (ON_A_CARD.exec(is ?? '')?.[1] as Holder | undefined) ?? null
  return holder === 'owner' && applicant === 'organisation' ? null : holder
}

/** Whose card would help here; null where none would, or one has helped already. */
export function helpedBy(fields: readonly Field[], lent: Lent, definition: Pick<Definition, 'applicant'>): Holder | null {
  const open = fields.find((field) => holderOf(field, definition) !== null && lent[field.id] === undefined)
  return open === undefined ? null : holderOf(open, definition)
}

const same = (one: Value | undefined, other: Value | undefined): boolean => JSON.stringify(one) === JSON.stringify(other)

/** What is still as the card had it after some answers were changed. */
export function stillLent(lent: Lent, before: Values, changes: Values): Lent {
  const kept = Object.entries(lent).filter(([field]) => !(field in changes) || same(before[field], changes[field]))
  return Object.fromEntries(kept)
}
