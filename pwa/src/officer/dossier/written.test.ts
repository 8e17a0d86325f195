import assert from 'node:assert/strict'
import { test } from 'node:test'

import { plain, unreadable } from './written.ts'

test('white space of any kind is a space, line breaks of any kind are line breaks', () => {
  assert.equal(plain('Giấy\tủy\u00A0quyền\u3000mờ', true), 'Giấy ủy quyền mờ')
  assert.equal(plain('Trang 1\r\nTrang 2\u2028Trang 3', true), 'Trang 1\nTrang 2\nTrang 3')
})

test('a box of one line has no line breaks', () => {
  assert.equal(plain('Chợ\r\n\nÔ Môn', false), 'Chợ Ô Môn')
})

test('what nobody sees is left out: zero width, direction marks, control', () => {
  assert.equal(plain('\uFEFFgi\u200Bấy\u202E mờ\u0007\u00AD', true), 'giấy mờ')
})

test('Vietnamese letters stay as they are, whole or composed', () => {
  for (const words of ['Nguyễn Thị Đỗ', 'Nguyễn'.normalize('NFD')]) assert.equal(plain(words, true), words)
})

test('signs that no font has are told, never left out', () => {
  assert.equal(plain('số \uE000', true), 'số \uE000')
  assert.equal(unreadable('số \uE000'), true)
  assert.equal(unreadable('Giấy ủy quyền, trang 1 😀'), false)
})
