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

const bride = field('nu_so', '', 'personal_number')
const brideBorn = field('nu_sinh', '')
const marriage = {
  submitter_when: null,
  holders: [
    { number: 'nu_so', birth_date: 'nu_sinh', sex: 'nu' },
    { number: 'nyc_so', when: { answer: 'nop_cho', is: 'ben_nu' }, birth_date: 'nu_sinh', sex: 'nu' },
  ],
  steps: [
    { id: 'a', title: 'A', fields: [own] },
    { id: 'b', title: 'B', fields: [bride, brideBorn] },
  ],
} as unknown as Definition

const asked = (fields: Field[], values: Record<string, string>) =>
  doubtsOfPersons(marriage, fields, values, '2026-11-22').map(({ at, code, facts }) => [at, code, facts.beside])

const doubts = (values: Record<string, string>) =>
  doubtsOfPersons(definition, [born, sex], values, '2026-11-22').map(({ at, code, facts }) => [at, code, facts.limit])

test('a year of birth that is not that of the number is asked about, and a sex', () => {
  assert.deepEqual(doubts({ nyc_so: '092 199 000123', sinh: '1989-05-01', gioi: 'nam' }), [
    ['sinh', 'odd-year', '1999'],
    ['gioi', 'odd-woman', undefined],
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

test('of others the procedure says whose number it is: the year is told at the date, a sex that is known at the number', () => {
  const values = { nop_cho: 'ben_nam', nyc_so: '092095000123', nu_so: '092095000456', nu_sinh: '1999' }

  assert.deepEqual(asked([bride, brideBorn], values), [
    ['nu_sinh', 'odd-year', 'nu_so'],
    ['nu_so', 'odd-man', undefined],
  ])
  assert.deepEqual(asked([own], values), [])
})

test('where the date stands on another page it is told at the number, and leads there', () => {
  const values = { nop_cho: 'ben_nu', nyc_so: '092195000123', nu_sinh: '1999-05' }

  assert.deepEqual(asked([own], values), [['nyc_so', 'odd-year', 'nu_sinh']])
  assert.deepEqual(asked([brideBorn], values), [['nu_sinh', 'odd-year', 'nyc_so']])
  assert.deepEqual(asked([own], { ...values, nu_sinh: '1995' }), [])
})

test('one thing is asked at one place', () => {
  const values = { nop_cho: 'ben_nu', nyc_so: '092095000123', nu_sinh: '1999-05' }

  assert.deepEqual(asked([own], values), [['nyc_so', 'odd-year', 'nu_sinh']])
})
