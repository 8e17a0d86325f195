/** All kinds of field that are judged as one value; rows and addresses are looked into. */
import type { Address, Kind } from '../definition.ts'
import { tidy } from '../text.ts'
import type { Check } from './check.ts'
import { choice, declaration, yesNo } from './choices.ts'
import { date, partialDate } from './dates.ts'
import { money, wholeNumber } from './numbers.ts'
import { email, longText, name, personalNumber, phone, text } from './texts.ts'

/** An address that is begun names at least the ward or commune. */
const address: Check = (value) => {
  const { ward = '' } = typeof value === 'object' && !Array.isArray(value) ? (value as Address) : {}
  return tidy(ward) === '' ? 'address' : null
}

const anything: Check = () => null

export const checks: Readonly<Record<Kind, Check>> = {
  name,
  personal_number: personalNumber,
  phone,
  email,
  text,
  long_text: longText,
  number: wholeNumber,
  money,
  date,
  partial_date: partialDate,
  choice,
  yes_no: yesNo,
  address,
  rows: anything,
  declaration,
}
