import assert from 'node:assert/strict'
import { test } from 'node:test'

import { broken } from './draw.ts'

/** Each sign is one wide. */
const lines = (text: string, room: number): string[] => broken(text, room, (one) => one.length)

test('a text that fits stays one line', () => {
  assert.deepEqual(lines('Nhận lúc 09:12', 20), ['Nhận lúc 09:12'])
})

test('a longer one is broken between words', () => {
  assert.deepEqual(lines('Bản sao trích lục hộ tịch', 12), ['Bản sao', 'trích lục hộ', 'tịch'])
})

test('a word wider than the sheet is broken itself, and no sign is lost', () => {
  const found = lines('tên Nguyễn-Thị-Nguyễn-Thị hết', 8)

  assert.ok(found.every((line) => line.length <= 8), found.join('|'))
  assert.equal(found.join('').replaceAll(' ', ''), 'tênNguyễn-Thị-Nguyễn-Thịhết')
})

test('room for not even one sign ends all the same', () => {
  assert.deepEqual(lines('abc', 0), ['a', 'b', 'c'])
})
