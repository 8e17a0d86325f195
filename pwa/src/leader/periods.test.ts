import assert from 'node:assert/strict'
import { test } from 'node:test'

import { choices, idOf, read, thisMonth } from './periods.ts'

test('periods go back over the turn of the year', () => {
  const { months, quarters, years } = choices('2026-02-03')

  assert.deepEqual(months.slice(0, 3).map(idOf), ['2026-02', '2026-01', '2025-12'])
  assert.deepEqual(quarters.map(idOf), ['2026-Q1', '2025-Q4', '2025-Q3', '2025-Q2'])
  assert.deepEqual(years.map(idOf), ['2026', '2025'])
})

test('an address holds a period as the server writes it, anything else is none', () => {
  assert.deepEqual(read('2026-Q4'), { kind: 'quarter', year: 2026, quarter: 4 })
  assert.deepEqual(read('2026-11'), { kind: 'month', year: 2026, month: 11 })
  assert.deepEqual(read('2026'), { kind: 'year', year: 2026 })
  assert.equal(read('2026-13'), null)
  assert.equal(read(null), null)
})

test('a leader begins with this month', () => {
  assert.equal(idOf(thisMonth('2026-11-22')), '2026-11')
})
