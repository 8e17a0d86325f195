import assert from 'node:assert/strict'
import { test } from 'node:test'

import { doubtsOf, faultsOf } from '../../form/check.ts'
import type { Field } from '../../form/definition.ts'
import { told } from './telling.ts'

const choice = (id: string, label: string): Field => ({ id, kind: 'choice', label, required: true, options: [{ id: 'a', label: 'A' }] })
const wrong = (...fields: Field[]) => fields.flatMap((field) => faultsOf(field, undefined, '2026-11-22'))

test('two faults in one wording are told apart by their questions', () => {
  const found = told(wrong(choice('ai', 'Ai thành lập hộ kinh doanh?'), choice('gioi', 'Giới tính')))

  assert.deepEqual(
    found.map(({ named }) => named),
    ['Ai thành lập hộ kinh doanh? Chọn một câu trả lời', 'Giới tính: Chọn một câu trả lời'],
  )
  assert.ok(found.every(({ words }) => words === 'Chọn một câu trả lời'))
})

test('a fault that stands alone is said as it stands at its box', () => {
  const [found] = told(wrong(choice('gioi', 'Giới tính')))

  assert.equal(found?.named, found?.words)
})

test('a fault in a repeated group says in the summary in which row it stands', () => {
  const columns: Field[] = [
    { id: 'ten', kind: 'name', label: 'Họ và tên', required: true },
    { id: 'me', kind: 'name', label: 'Tên mẹ', required: true },
  ]
  const members: Field = { id: 'tv', kind: 'rows', label: 'Thành viên', required: true, columns }
  const rows = [{ row: 'a', ten: '', me: '1' }, { row: 'b', ten: '1', me: '1' }]
  const found = told(faultsOf(members, rows, '2026-11-22'))

  assert.deepEqual(
    found.map(({ named }) => named),
    [
      'Dòng 1: Chưa ghi họ và tên',
      'Dòng 1: Họ tên phải có chữ cái. Ghi như trên giấy tờ.',
      'Dòng 2: Họ và tên: Họ tên phải có chữ cái. Ghi như trên giấy tờ.',
      'Dòng 2: Tên mẹ: Họ tên phải có chữ cái. Ghi như trên giấy tờ.',
    ],
  )
  assert.equal(found[0]?.words, 'Chưa ghi họ và tên')
})

test('a visit on a day off, or after the desk has closed, is asked about once, and not refused', (context) => {
  context.mock.timers.enable({ apis: ['Date'], now: Date.parse('2026-11-26T17:05:00+07:00') })
  const lead = { days: 0, unit: 'days' as const, within: 60, closed: ['2026-11-28', '2026-11-29'], ends: '17:00' }
  const visit: Field = { id: 'den', kind: 'date', label: 'Ngày đến', required: true, min: '2026-11-22', max: '2027-01-21', lead }
  const asked = (day: string) => told(doubtsOf(visit, day, '2026-11-22')).map(({ mild, words, target }) => [mild, words, target])

  assert.deepEqual(asked('2026-11-28'), [[true, 'Ngày này phường nghỉ. Chọn ngày khác, trừ khi phường đã hẹn bạn.', 'den-day']])
  assert.deepEqual(asked('2026-11-26'), [[true, 'Ngày này đã qua, hoặc phường đã hết giờ làm việc. Chọn ngày khác.', 'den-day']])
  assert.deepEqual(asked('2026-11-27'), [])
  assert.deepEqual(asked('2026-11-30'), [])
  assert.deepEqual(faultsOf(visit, '2026-11-28', '2026-11-22'), [])
  assert.deepEqual(faultsOf(visit, '2026-11-26', '2026-11-26'), [])
  assert.equal(told(faultsOf(visit, '2026-11-21', '2026-11-26'))[0]?.words, 'Chọn ngày khác, sớm nhất là 22/11/2026.')
})
