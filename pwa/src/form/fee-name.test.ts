import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { FeeItem } from './definition.ts'
import { lineLaw, lineName } from './fee-name.ts'

const ITEM: FeeItem = { id: 'ban_sao', name: 'Fee for a copy', original: 'Phí bản sao', kind: 'phi', amount: 8000, law: null, verified: true }

test('a frozen line has the name that the form has for it in its language', () => {
  assert.equal(lineName({ items: [ITEM] }, 'Phí bản sao'), 'Fee for a copy')
})

test('a line that an officer named stays as it was written', () => {
  assert.equal(lineName({ items: [ITEM] }, 'Phí khác'), 'Phí khác')
  assert.equal(lineName(null, 'Phí bản sao'), 'Phí bản sao')
})

test('a frozen basis is said in the language of the form where that has it; a law keeps its name', () => {
  const invented = { ...ITEM, law: 'demonstration figures', original_law: 'số liệu trình diễn' }

  assert.equal(lineLaw({ items: [invented] }, 'số liệu trình diễn'), 'demonstration figures')
  assert.equal(lineLaw({ items: [invented] }, 'Thông tư 281/2016/TT-BTC'), 'Thông tư 281/2016/TT-BTC')
  assert.equal(lineLaw({ items: [ITEM] }, null), null)
})
