import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field } from '../../form/definition.ts'
import { toldOf } from './told.ts'

const PLAIN = { yes: 'Có', no: 'Không', blank: 'không ghi' }
const TODAY = '2026-11-17'
const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id,
  kind,
  label: id,
  required: true,
  ...more,
})

const definition = {
  steps: [
    {
      id: 'ai',
      title: 'Bạn nộp cho ai?',
      fields: [
        field('nop_cho', 'choice', { options: [{ id: 'uy_quyen', label: 'Theo giấy ủy quyền' }] }),
        field('nyc_ho_ten', 'name', { is: 'requester.name' }),
        field('ht_ten', 'name', { is: 'owner.name' }),
        field('ghi_chu', 'text', { required: false }),
        field('quan_he', 'text', { when: { answer: 'nop_cho', is: 'nguoi_than' } }),
      ],
    },
  ],
} as unknown as Definition

test('fields of people are read from the people, hidden and blank ones are left out', () => {
  const dossier = {
    owner: { name: 'Nguyễn Thị Bé Tư' },
    submitter: { name: 'Trần Văn Lành' },
    answers: { nop_cho: 'uy_quyen', quan_he: 'con' },
  }

  const told = toldOf(definition, dossier, TODAY, PLAIN)

  assert.deepEqual(
    told.map(({ field: { id }, words }) => [id, words]),
    [
      ['nop_cho', 'Theo giấy ủy quyền'],
      ['nyc_ho_ten', 'Trần Văn Lành'],
      ['ht_ten', 'Nguyễn Thị Bé Tư'],
    ],
  )
})

test('a person who files alone is owner and requester at once', () => {
  const dossier = { owner: { name: 'Lê Minh Khôi' }, submitter: null, answers: { nop_cho: 'ban_than' } }

  const told = toldOf(definition, dossier, TODAY, PLAIN)

  assert.equal(told.find((one) => one.field.id === 'nyc_ho_ten')?.words, 'Lê Minh Khôi')
})
