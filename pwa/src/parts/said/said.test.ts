import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Field } from '../../form/definition.ts'
import { rowsOf, said } from './said.ts'

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

test('each cell of a row is said with what its column asks, what was left blank by right is left out', () => {
  const columns = [
    field('name', { id: 'ten', label: 'Tên' }),
    field('partial_date', { id: 'tu', label: 'Ở từ ngày nào?' }),
    field('text', { id: 'nghe', label: 'Nghề', required: false }),
  ]
  const rows = [{ row: 'a', ten: 'Lê Minh Khôi', tu: '1999-06-05' }, { row: 'b', ten: 'Lê Thị Ba' }]

  const words = said(field('rows', { columns }), rows, PLAIN)

  assert.equal(words, 'Tên: Lê Minh Khôi · Ở từ ngày nào? 05/06/1999\nTên: Lê Thị Ba · Ở từ ngày nào? không ghi')
  assert.deepEqual(rowsOf(field('text'), 'Lê Minh Khôi', PLAIN), [])
})
