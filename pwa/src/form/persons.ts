/** Who a question is about, and whether what is said of a person fits the personal number. */
import { placed, type Wrong } from './check.ts'
import { holds, shown } from './conditions.ts'
import type { Definition, Field, Holder, Values } from './definition.ts'
import { narrow } from './text.ts'
import { fault, type Fault } from './wrong.ts'

/** Whether the person with the phone files for somebody who authorised them, or an organisation. */
export function forAnother(definition: Definition, values: Values, today: string): boolean {
  const { applicant, submitter_when: when } = definition
  return applicant === 'organisation' || (when !== null && holds(when, values, today))
}

/** The one who holds the phone, or the owner: their questions say themselves whose they are. */
function known(definition: Definition, values: Values, today: string): Holder[] {
  const requester = forAnother(definition, values, today) ? 'submitter' : 'owner'
  const asked = definition.steps.flatMap((step) => step.fields)
  const find = (who: string, detail: string): string | undefined =>
    asked.find(({ id, is }) => is?.replace('requester', requester) === `${who}.${detail}` && values[id] !== undefined)?.id
  return ['owner', 'submitter'].flatMap((who) => {
    const number = find(who, 'personal_number')
    return number === undefined ? [] : [{ number, birth_date: find(who, 'birth_date'), gender: find(who, 'gender') }]
  })
}

/** A number tells the century with the sex, and the year of birth: 0 a man of 19xx, 1 a woman, 2 a man of 20xx. */
const NUMBER = /^\d{3}(\d)(\d\d)\d{6}$/

/** What a number says otherwise than is said of its holder, each with the question that says it. */
function saidOtherwise(holder: Holder, values: Values): [said: string | undefined, otherwise: Fault][] {
  const [, sign = '', year = ''] = NUMBER.exec(narrow(String(values[holder.number] ?? '')).replace(/\s/g, '')) ?? []
  if (sign === '') return []
  const limit = `${19 + Math.floor(Number(sign) / 2)}${year}`
  const isMan = Number(sign) % 2 === 0
  const birth = values[holder.birth_date ?? '']
  const sex = holder.sex ?? values[holder.gender ?? '']
  const found: [string | undefined, Fault][] = []
  if (typeof birth === 'string' && /^\d{4}/.test(birth) && !birth.startsWith(limit)) found.push([holder.birth_date, fault('odd-year', { limit })])
  if (sex === (isMan ? 'nu' : 'nam')) found.push([holder.gender, fault(isMan ? 'odd-man' : 'odd-woman')])
  return found
}

/** What of these persons' details may be a slip, beside their personal numbers: asked about, never refused. */
export function doubtsOfPersons(definition: Definition, fields: readonly Field[], values: Values, today: string): Wrong[] {
  const holders = [...known(definition, values, today), ...(definition.holders ?? []).filter((one) => shown(one, values, today))]
  const here = (id: string | undefined): Field | undefined => fields.find((field) => field.id === id)
  const found = holders.flatMap((holder) =>
    saidOtherwise(holder, values).flatMap(([said, otherwise]) => {
      const field = here(said) ?? here(holder.number)
      const beside = field?.id === said ? holder.number : said
      return field === undefined ? [] : placed(field, [{ ...otherwise, facts: { ...otherwise.facts, beside } }])
    }),
  )
  return found.filter((one, index) => found.findIndex(({ at }) => at === one.at) === index)
}
