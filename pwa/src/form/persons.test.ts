import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field } from './definition.ts'
import { doubtsOfPersons } from './persons.ts'

const field = (id: string, is: string, kind: Field['kind'] = 'partial_date'): Field => ({ id, is, kind, label: id, required: true })
const [own, owners, born, sex] = [
  field('nyc_so', 'requester.personal_number', 'personal_number'),
  field('uq_so', 'owner.personal_number', 'personal_number'),
  field('sinh', 'owner.birth_date'),
  field('gioi', 'owner.gender', 'choice'),
]
const definition = {
  submitter_when: { answer: 'nop_cho', is: 'uy_quyen' },
  steps: [{ id: 'a', title: 'A', fields: [own, owners, born, sex] }],
} as unknown as Definition

const doubts = (values: Record<string, string>) =>
  doubtsOfPersons(definition, [born, sex], values, '2026-11-22').map(({ at, code, facts }) => [at, code, facts.limit])

test('a year of birth that is not that of the number is asked about, and a sex', () => {
  assert.deepEqual(doubts({ nyc_so: '092 199 000123', sinh: '1989-05-01', gioi: 'nam' }), [
    ['sinh', 'odd-year', '1999'],
    ['gioi', 'odd-sex', undefined],
  ])
  assert.deepEqual(doubts({ nyc_so: '092305000123', sinh: '2005', gioi: 'nu' }), [])
})

test('of somebody who authorised another it is their own number', () => {
  const values = { nop_cho: 'uy_quyen', nyc_so: '092088000456', sinh: '1999', gioi: 'nu' }

  assert.deepEqual(doubts({ ...values, uq_so: '092199000123' }), [])
  assert.deepEqual(doubts(values), [])
})

test('a number that is not whole says nothing', () => {
  assert.deepEqual(doubts({ nyc_so: '0921990001', sinh: '1989', gioi: 'nam' }), [])
})
