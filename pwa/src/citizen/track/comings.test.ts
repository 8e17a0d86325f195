import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from '../../form/definition.ts'
import { comings } from './comings.ts'

const visit = {
  steps: [
    {
      id: 'den',
      title: 'Đến khi nào?',
      fields: [
        { id: 'ngay_den', kind: 'date', label: 'Ngày đến', required: true },
        { id: 'buoi_den', kind: 'choice', label: 'Buổi đến', required: true, options: [{ id: 'sang', label: 'Buổi sáng' }] },
      ],
    },
  ],
  deadline: { text: 'Trong ngày', days: 0, counts_from: 'ngay_den' },
  presence: [{ who: 'original', step: 'submit', text: 'Mang bản chính đến phường.' }],
} as unknown as Definition
const TOLD = { begins: '2026-12-22T07:00:00+07:00', ends: '2026-12-22T11:30:00+07:00', session: 'Buổi sáng', session_en: 'Morning', before: '15:00' }
const VALUES = { ngay_den: '2026-12-22', buoi_den: 'sang' }

test('who chose a day for a visit reads it, and what to bring', () => {
  assert.deepEqual(comings(visit, VALUES, false), ['Ngày đến: 22/12/2026 · Buổi đến: Buổi sáng', 'Mang bản chính đến phường.'])
})

test('a phone without the answers reads the visit from the server, and that a missed one asks for another', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-12-22T09:00:00+07:00') })

  assert.deepEqual(comings(visit, {}, false, TOLD), ['Ngày đến: 22/12/2026, Buổi sáng', 'Mang bản chính đến phường.'])
  context.mock.timers.setTime(Date.parse('2026-12-22T14:00:00+07:00'))
  assert.match(comings(visit, {}, false, TOLD)[1] ?? '', /^Buổi này đã qua\./)
})

test('once the ward has received it, what belongs to handing it in is over', () => {
  assert.deepEqual(comings(visit, VALUES, true), [])
})

test('who was accepted before the day of the visit still has to come', () => {
  assert.deepEqual(comings(visit, {}, true, TOLD), ['Ngày đến: 22/12/2026, Buổi sáng', 'Mang bản chính đến phường.'])
})

test('who must come for the result reads it until the end, with the draft to look over', () => {
  const marriage = {
    ...visit,
    deadline: null,
    presence: [{ who: 'both', step: 'result', text: 'Hai bên cùng ký.' }, { who: 'both', step: 'result', text: 'Không hỏi.', when: { answer: 'x', is: true } }],
    draft_confirmation: { days: 1, text: 'Phường gửi bản dự thảo.' },
  } as unknown as Definition

  assert.deepEqual(comings(marriage, {}, true), ['Hai bên cùng ký.', 'Phường gửi bản dự thảo.'])
})

test('nobody must come where the procedure says nothing of it', () => {
  assert.deepEqual(comings({ ...visit, presence: [] }, VALUES, false), [])
})
