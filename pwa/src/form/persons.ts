/** Who a question is about, and whether what is said of a person fits the personal number. */
import { placed, type Wrong } from './check.ts'
import { holds } from './conditions.ts'
import type { Definition, Field, Values } from './definition.ts'
import { narrow } from './text.ts'
import { fault, type Fault } from './wrong.ts'

/** Whether the person with the phone files for somebody who authorised them, or an organisation. */
export function forAnother(definition: Definition, values: Values, today: string): boolean {
  const { applicant, submitter_when: when } = definition
  return applicant === 'organisation' || (when !== null && holds(when, values, today))
}

/** A number tells the century with the sex, and the year of birth: 0 a man of 19xx, 1 a woman, 2 a man of 20xx. */
const NUMBER = /^\d{3}(\d)(\d\d)\d{6}$/

function besideNumber(detail: string, value: unknown, number: unknown): Fault[] {
  const [, sign = '', year = ''] = NUMBER.exec(narrow(String(number ?? '')).replace(/\s/g, '')) ?? []
  if (sign === '' || typeof value !== 'string' || value === '') return []
  const born = `${19 + Math.floor(Number(sign) / 2)}${year}`
  if (detail === 'birth_date') return value.startsWith(born) ? [] : [fault('odd-year', { limit: born })]
  const sex = Number(sign) % 2 === 0 ? 'nam' : 'nu'
  return detail === 'gender' && (value === 'nam' || value === 'nu') && value !== sex ? [fault('odd-sex')] : []
}

/** What of these persons' details may be a slip, beside their personal numbers: asked about, never refused. */
export function doubtsOfPersons(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  const requester = forAnother(definition, values, today) ? 'submitter' : 'owner'
  const detailOf = ({ is }: Field): string[] => (is ?? '').replace('requester', requester).split('.')
  const asked = definition.steps.flatMap((step) => step.fields)
  return fields.flatMap((field) => {
    const [who, detail = ''] = detailOf(field)
    const number = asked.find((one) => detailOf(one).join('.') === `${who}.personal_number` && values[one.id] !== undefined)
    return number === undefined ? [] : placed(field, besideNumber(detail, values[field.id], values[number.id]))
  })
}
