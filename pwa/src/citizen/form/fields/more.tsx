/** The boxes of rarer kinds: dates, addresses, numbers, rows, long texts, declarations. */
import type { Code } from '../../../form/wrong.ts'
import '../../../parts/field/more.css'
import '../../../parts/icon/more.ts'
import { priceOf, type Priced } from '../price.ts'
import type { Told } from '../told.ts'
import { AddressField } from './address.tsx'
import { CountField } from './count.tsx'
import { DateField } from './dates.tsx'
import { DeclarationField } from './declaration.tsx'
import { LinesField } from './lines.tsx'
import { NumberField } from './numbers.tsx'
import { RowsField } from './rows.tsx'
import type { FieldProps } from './texts.tsx'

export interface MoreProps extends FieldProps {
  code: Code | undefined
  faults: readonly Told[]
  priced: Priced | null
}

/** More copies than this are typed, not counted up. */
const COUNTABLE = 100

export function MoreField({ code, faults, priced, ...props }: MoreProps) {
  const { field } = props
  switch (field.kind) {
    case 'address':
      return <AddressField {...props} faults={faults} />
    case 'declaration':
      return <DeclarationField {...props} />
    case 'rows':
      return <RowsField {...props} faults={faults} />
    case 'number':
      return typeof field.max === 'number' && field.max <= COUNTABLE ? (
        <CountField {...props} price={priced === null ? null : priceOf(priced, field)} />
      ) : (
        <NumberField {...props} />
      )
    case 'text':
    case 'long_text':
      return <LinesField {...props} />
    case 'money':
      return <NumberField {...props} />
    default:
      return <DateField {...props} mistaken={code === 'day' || code === 'month' ? code : null} />
  }
}
