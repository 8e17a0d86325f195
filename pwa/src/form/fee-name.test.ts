import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FeeItem } from './definition.ts'
import { lineName } from './fee-name.ts'

const ITEM: FeeItem = { id: 'ban_sao', name: 'Fee for a copy', original: 'Phí bản sao', kind: 'phi', amount: 8000, law: null, verified: true }

test('a frozen line has the name that the form has for it in its language', () => {
  assert.equal(lineName({ items: [ITEM] }, 'Phí bản sao'), 'Fee for a copy')
})

test('a line that an officer named stays as it was written', () => {
  assert.equal(lineName({ items: [ITEM] }, 'Phí khác'), 'Phí khác')
  assert.equal(lineName(null, 'Phí bản sao'), 'Phí bản sao')
})
