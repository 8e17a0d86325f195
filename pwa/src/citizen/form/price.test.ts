import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FeeItem } from '../../form/definition.ts'
import { sumOf } from '../../form/fee.ts'
import { eachOf } from './price.ts'

const COPIES = {
  id: 'c',
  name: 'Phí chứng thực',
  unit: 'trang',
  amount: 2000,
  quantity: { answer: 'so_ban' },
  per: { answer: 'so_trang' },
  then: [{ above: 2, amount: 1000 }],
} as unknown as FeeItem

const told = (item: FeeItem): (string | null)[] =>
  sumOf([item], { so_ban: 2, so_trang: 4 }, '2026-11-28').lines.map(eachOf)

test('what one copy costs is told by its pages', () => {
  assert.deepEqual(told(COPIES), ['Mỗi bản 4 trang: 6.000\u00A0đ'])
})

test('where nothing is counted in one, or no fee is known, nothing is to explain', () => {
  assert.deepEqual(told({ ...COPIES, per: null }), [null])
  assert.deepEqual(told({ ...COPIES, amount: null }), [null])
})
