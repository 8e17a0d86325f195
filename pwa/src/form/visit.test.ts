import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Field } from './definition.ts'
import { clock } from './over.ts'
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
      { id: 'sang', label: 'Buổi sáng', ends: '11:30' },
      { id: 'chieu', label: 'Buổi chiều', ends: '17:00' },
    ],
  },
]

test('a morning that is over is asked about, the afternoon and another day are not', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T14:00:00+07:00') })
  const asked = (ngay: string, buoi?: string) => doubtsOfVisit(null, fields, { ngay, ...(buoi && { buoi }) }).map(({ code, at }) => [code, at])

  assert.deepEqual(asked('2026-11-26', 'sang'), [['over', 'buoi']])
  assert.deepEqual(asked('2026-11-26', 'chieu'), [])
  assert.deepEqual(asked('2026-11-27', 'sang'), [])
  assert.deepEqual(asked('2026-11-26'), [])
})

test('when the desk has closed the day is asked about, not its session too', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T18:00:00+07:00') })

  assert.deepEqual(doubtsOfVisit(null, fields, { ngay: '2026-11-26', buoi: 'sang' }), [])
})

test('a desk with other sessions, and a step without a visit, ask nothing', () => {
  const other = fields.map((field) => ({ ...field, ...(field.options && { options: field.options.map(({ id, label }) => ({ id, label })) }) }))

  assert.deepEqual(doubtsOfVisit(null, other, { ngay: '2020-01-01', buoi: 'sang' }), [])
  assert.deepEqual(doubtsOfVisit(null, [], {}), [])
})

test('who heard the server goes by its clock, not by that of a phone that is hours behind', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T08:00:00+07:00') })
  const asked = () => doubtsOfVisit(null, fields, { ngay: '2026-11-26', buoi: 'sang' }).length

  assert.equal(asked(), 0)
  context.mock.method(clock, 'now', () => Date.parse('2026-11-26T14:00:00+07:00'))
  assert.equal(asked(), 1)
})
