/** Which questions a card answers (điền từ thẻ), and with what. */
import type { Card } from './card.ts'
import { counted } from './conditions.ts'
import type { Address, Definition, Field, Value, Values } from './definition.ts'
import { holderOf, type Holder, type Lent } from './lent.ts'
import { forAnother } from './persons.ts'
import { fieldsAsked } from './pages.ts'

export interface Filled {
  field: Field
  value: Value
}

const OF_OLD = 4

/**
 * The address as the card has it. Its last part is the province. Of four parts and more the two before it
 * are a ward and a district of old: both stand where the ward is asked, where today's name is offered.
 * Of fewer nobody can tell what they are, so the ward is left to the person.
 */
export function addressFrom(text: string): Address {
  const parts = text.split(',').map((part) => part.trim())
  const old = parts.length >= OF_OLD
  const province = parts.length > 1 ? (parts.pop() ?? '') : ''
  const ward = old ? parts.splice(-2).join(', ') : ''
  return { province, ward, street: parts.join(', ').slice(0, 200) }
}

/** Options are told by their id, in every language. */
const chosen = ({ options }: Field, gender: string): Value | null =>
  options?.some(({ id }) => id === gender) === true ? gender : null

function valueFor(field: Field, detail: string, card: Card): Value | null {
  switch (detail) {
    case 'name':
      return card.name
    case 'personal_number':
      return card.number
    case 'birth_date':
      return card.born
    case 'gender':
      return card.gender === null ? null : chosen(field, card.gender)
    case 'address':
      return card.address === null ? null : addressFrom(card.address)
    default:
      return null
  }
}

/** Whether requester and owner are two now: two people, or a person and an organisation. */
const areTwo = (definition: Definition, values: Values, today: string): boolean =>
  forAnother(definition, counted(definition, values, today), today)

/**
 * Fill the questions that are asked now about the card's holder. Who files for themselves is
 * requester and owner in one.
 */
export function filledFrom(definition: Definition, values: Values, holder: Holder, card: Card, today: string): Filled[] {
  const two = areTwo(definition, values, today)
  return fieldsAsked(definition, values, today).flatMap((field) => {
    const about = holderOf(field, definition)
    if (about === null || (two && about !== holder)) return []
    const value = valueFor(field, (field.is ?? '').split('.')[1] ?? '', card)
    return value === null ? [] : [{ field, value }]
  })
}

/**
 * Answers about one person that came from the other's card, because they were one person when it
 * was read and are two now: to be blanked.
 */
export function strangers(definition: Definition, values: Values, lent: Lent, today: string): string[] {
  if (!areTwo(definition, values, today)) return []
  const fields = definition.steps.flatMap((step): readonly Field[] => step.fields)
  return fields.filter((field) => lent[field.id] !== undefined && lent[field.id] !== holderOf(field, definition)).map(({ id }) => id)
}
