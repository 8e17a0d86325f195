import assert from 'node:assert/strict'
import { test } from 'node:test'

import { expectedAt, expectedIf } from './expected.ts'

const at = (text: string): number => Date.parse(`${text}+07:00`)

test('on a working day the date holds if the ward receives today', () => {
  assert.match(expectedIf({ expected_from: '2026-11-27' }, at('2026-11-27T09:00:00')), /^Nếu được nhận trong hôm nay\./)
})

test('on a day off the day is named on which the ward opens next', () => {
  const words = expectedIf({ expected_from: '2026-11-30' }, at('2026-11-28T09:00:00'))

  assert.match(words, /^Nếu được nhận vào thứ Hai 30\/11\/2026\./)
})

test('what was to be received yesterday is not said of today', () => {
  assert.match(expectedIf({ expected_from: '2026-11-27' }, at('2026-11-29T09:00:00')), /vào thứ Sáu 27\/11\/2026/)
})

const afternoon = {
  begins: '2026-11-27T13:30:00+07:00',
  ends: '2026-11-27T17:00:00+07:00',
  session: 'Buổi chiều',
  session_en: 'Afternoon',
  before: '15:00',
}

test('a visit holds for who comes before the hour of the day', () => {
  const words = expectedIf({ expected_from: '2026-11-27', visit: afternoon }, at('2026-11-26T09:00:00'))

  assert.equal(words, 'Nếu bạn đến trước 15:00 thứ Sáu 27/11/2026. Đến sau thì phường trả vào ngày làm việc kế tiếp.')
  assert.equal(expectedIf({ visit: { ...afternoon, before: null } }, at('2026-11-26T09:00:00')), 'Nếu bạn đến phường vào thứ Sáu 27/11/2026.')
})

test('a visit that was over when it came is no condition any more: the day is named on which the ward receives it', () => {
  const words = expectedIf({ expected_from: '2026-11-30', visit: afternoon }, at('2026-11-28T09:00:00'))

  assert.match(words, /^Nếu được nhận vào thứ Hai 30\/11\/2026\./)
})

test('the date of a visit that was missed is not expected any more, a later one is', () => {
  const missed = { expected_at: afternoon.ends, visit: afternoon }

  assert.equal(expectedAt(missed, at('2026-11-27T16:00:00')), afternoon.ends)
  assert.equal(expectedAt(missed, at('2026-11-28T09:00:00')), null)
  assert.equal(expectedAt({ ...missed, expected_at: '2026-11-30T17:00:00+07:00' }, at('2026-11-28T09:00:00')), '2026-11-30T17:00:00+07:00')
  assert.equal(expectedAt({ expected_at: afternoon.ends }, at('2026-11-28T09:00:00')), afternoon.ends)
  assert.equal(expectedAt({}), null)
})
