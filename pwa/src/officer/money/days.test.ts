import assert from 'node:assert/strict'
import { test } from 'node:test'

import { lastDays } from './days.ts'

test('days are those of Vietnam, also while it is still yesterday elsewhere', () => {
  const days = lastDays(Date.parse('2026-11-30T18:30:00Z'))

  assert.deepEqual(days.slice(0, 3), [
    ['2026-12-01', 'Hôm nay, 01/12/2026'],
    ['2026-11-30', 'Hôm qua, 30/11/2026'],
    ['2026-11-29', '29/11/2026'],
  ])
  assert.equal(days.length, 31)
})
