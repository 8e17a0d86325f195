import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Field } from '../../form/definition.ts'
import { said } from './said.ts'

const PLAIN = { yes: 'Có', no: 'Không', blank: 'không ghi' }
const field = (kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id: 'x',
  kind,
  label: 'x',
  required: true,
  ...more,
})

test('values are said as people write them', () => {
  assert.equal(said(field('partial_date'), '2016-12', PLAIN), '12/2016')
  assert.equal(said(field('yes_no'), false, PLAIN), 'Không')
  assert.equal(said(field('address'), { province: 'Cần Thơ', ward: 'Phường Long Hưng', street: 'Khu vực 5' }, PLAIN), 'Khu vực 5, Phường Long Hưng, Cần Thơ')
  assert.equal(said(field('address'), { street: '', ward: 'Phường Long Hưng', province: 'Cần Thơ' }, PLAIN), 'Phường Long Hưng, Cần Thơ')
  assert.equal(said(field('text'), undefined, PLAIN), 'không ghi')
})

test('a row is said column by column', () => {
  const song = field('yes_no', { id: 'song', label: 'Còn sống' })
  const columns = [field('name', { id: 'ten' }), field('text', { id: 'nghe', required: false }), song]

  const words = said(field('rows', { columns }), [{ row: 'a', ten: 'Lê Minh Khôi', song: true }, { row: 'b', ten: 'Lê Thị Ba' }], PLAIN)

  assert.equal(words, 'Lê Minh Khôi, Còn sống: Có; Lê Thị Ba, Còn sống: không ghi')
})
