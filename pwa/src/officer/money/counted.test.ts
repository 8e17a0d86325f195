import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Shift } from './till.ts'
import { gapOf, gapsIn, gapWords, paidWords, sumWrong } from './counted.ts'

const OPEN: Shift = {
  shift: '1',
  unit: 'om-long-hung',
  opened_by: 'officer:lan',
  opened_at: '2026-11-22T07:00:00+07:00',
  opening: 50_000,
  closed_by: null,
  closed_at: null,
  expected_cash: null,
  expected_pos: null,
  outside: null,
  counted_cash: null,
  counted_pos: null,
  reason: null,
  told: [],
  names: {},
  titles: {},
}

const counted = (cash: number, pos: number): Shift => ({
  ...OPEN,
  expected_cash: 74_000,
  expected_pos: 8_000,
  counted_cash: cash,
  counted_pos: pos,
})

test('an open till has no difference that could be read', () => {
  assert.equal(gapOf(OPEN, 'cash'), null)
  assert.deepEqual(gapsIn(OPEN), [])
})

test('cash and cards differ apart, and do not make each other good', () => {
  assert.deepEqual(gapsIn(counted(73_000, 9_000)), ['Tiền mặt thiếu 1.000\u00A0đ', 'Thẻ thừa 1.000\u00A0đ'])
  assert.deepEqual(gapsIn(counted(74_000, 8_000)), [])
})

test('a difference is said in words, never with a sign alone', () => {
  assert.equal(gapWords(0), 'không lệch')
  assert.equal(gapWords(-5_000), 'thiếu 5.000\u00A0đ')
  assert.equal(gapWords(5_000), 'thừa 5.000\u00A0đ')
})

test('a card slip is named with its terminal where that is known', () => {
  assert.equal(paidWords('T1-12345:000123'), 'Thẻ, máy T1-12345, biên lai 000123')
  assert.equal(paidWords('000123'), 'Thẻ, biên lai 000123')
  assert.equal(paidWords(null), 'Tiền mặt')
})

test('a sum that cannot be taken is told why: no digits, or too large', () => {
  assert.equal(sumWrong('50.000'), undefined)
  assert.match(sumWrong('năm mươi') ?? '', /bằng chữ số/)
  assert.match(sumWrong('123456789012345') ?? '', /lớn quá, nhiều nhất là một nghìn tỷ đồng/)
})
