import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field } from './definition.ts'
import { doubtsOfVisit } from './visit.ts'

const lead = { days: 0, unit: 'days' as const, within: 60, closed: [], ends: '17:00' }
const fields: Field[] = [
  { id: 'ngay', kind: 'date', label: 'Ngày đến', required: true, lead },
  {
    id: 'buoi',
    kind: 'choice',
    label: 'Buổi đến',
    required: true,
    options: [
      { id: 'sang', label: 'Buổi sáng' },
      { id: 'chieu', label: 'Buổi chiều' },
    ],
  },
]
const desk = (hours: string) => ({ unit: { code: 'x', name: 'X', hours } }) as unknown as Definition
const OPEN = desk('07:00–11:30, 13:30–17:00')

test('a morning that is over is asked about, the afternoon and another day are not', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T14:00:00+07:00') })
  const asked = (ngay: string, buoi?: string) => doubtsOfVisit(OPEN, fields, { ngay, ...(buoi && { buoi }) }).map(({ code, at }) => [code, at])

  assert.deepEqual(asked('2026-11-26', 'sang'), [['over', 'buoi']])
  assert.deepEqual(asked('2026-11-26', 'chieu'), [])
  assert.deepEqual(asked('2026-11-27', 'sang'), [])
  assert.deepEqual(asked('2026-11-26'), [])
})

test('when the desk has closed the day is asked about, not its session too', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T18:00:00+07:00') })

  assert.deepEqual(doubtsOfVisit(OPEN, fields, { ngay: '2026-11-26', buoi: 'sang' }), [])
})

test('a desk with other sessions, and a step without a visit, ask nothing', () => {
  assert.deepEqual(doubtsOfVisit(desk('08:00–16:00'), fields, { ngay: '2020-01-01', buoi: 'sang' }), [])
  assert.deepEqual(doubtsOfVisit(OPEN, [], {}), [])
})
