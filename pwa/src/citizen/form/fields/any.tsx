/** The box for a field, by its kind; rarer kinds come a moment later. */
import type { Field, Value } from '../../../form/definition.ts'
import { lazy } from '../../../parts/lazy/lazy.tsx'
import type { Priced } from '../price.ts'
import type { Told } from '../told.ts'
import { ChoiceField, YesNoField } from './choices.tsx'
import type { MoreProps } from './more.tsx'
import { TextField } from './texts.tsx'

interface Props {
  id: string
  field: Field
  value: Value | undefined
  set: (value: Value | undefined) => void
  faults: readonly Told[]
  /** The form that a number is part of, where its price is shown. */
  priced: Priced | null
  asked?: boolean
  mark?: string | undefined
}

const MoreField = lazy<MoreProps>(async () => (await import('./more.tsx')).MoreField, 'part')

/** Dates, addresses, numbers, rows, long texts and declarations: on the phone before a page asks for one. */
export const warmFields = (): Promise<void> => MoreField.warm()

const RARER = 'date partial_date address rows number money declaration text long_text'.split(' ')

export function AnyField({ id, field, value, set, faults, priced, asked = false, mark }: Props) {
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
    wrong: fault?.words,
    mild: fault?.mild,
  }
  if (RARER.includes(field.kind)) return <MoreField {...props} code={fault?.code} faults={own} priced={priced} />
  switch (field.kind) {
    case 'choice':
      return <ChoiceField {...props} />
    case 'yes_no':
      return <YesNoField {...props} />
    default:
      return <TextField {...props} />
  }
}
