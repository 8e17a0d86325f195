/** The box for a field, by its kind. */
import type { Wrong } from '../../../form/check.ts'
import type { Field, Value } from '../../../form/definition.ts'
import { sentence } from '../sentences.ts'
import { AddressField } from './address.tsx'
import { ChoiceField, YesNoField } from './choices.tsx'
import { CountField } from './count.tsx'
import { DateField, type Mistaken } from './dates.tsx'
import { RowsField } from './rows.tsx'
import { NumberField, TextField } from './texts.tsx'

interface Props {
  id: string
  field: Field
  value: Value | undefined
  set: (value: Value | undefined) => void
  faults: readonly Wrong[]
  /** What the number costs, in words. */
  price: string | null
  asked?: boolean
  mark?: string | undefined
}

/** More copies than this are typed, not counted up. */
const COUNTABLE = 100

/** The box to which the summary's link leads. */
export function target({ at, code, field }: Wrong): string {
  if (field.kind !== 'date' && field.kind !== 'partial_date') return at
  return `${at}-${mistaken(code) ?? (field.kind === 'date' ? 'day' : 'year')}`
}

const mistaken = (code: string): Mistaken => (code === 'day' || code === 'month' ? code : null)

export function AnyField({ id, field, value, set, faults, price, asked = false, mark }: Props) {
  const own = faults.filter(({ at }) => at === id || at.startsWith(`${id}/`))
  const fault = own.find(({ at }) => at === id) ?? (field.kind === 'address' ? own[0] : undefined)
  const props = {
    id,
    field,
    value,
    set,
    asked,
    mark,
    label: field.label,
    hint: field.hint,
    required: field.required,
    wrong: fault === undefined ? undefined : sentence(fault),
  }
  switch (field.kind) {
    case 'choice':
      return <ChoiceField {...props} />
    case 'yes_no':
      return <YesNoField {...props} />
    case 'date':
    case 'partial_date':
      return <DateField {...props} mistaken={mistaken(fault?.code ?? '')} />
    case 'address':
      return <AddressField {...props} faults={own} />
    case 'rows':
      return <RowsField {...props} faults={own} />
    case 'number':
      return typeof field.max === 'number' && field.max <= COUNTABLE ? (
        <CountField {...props} price={price} />
      ) : (
        <NumberField {...props} />
      )
    case 'money':
      return <NumberField {...props} />
    case 'declaration':
      return null
    default:
      return <TextField {...props} />
  }
}
