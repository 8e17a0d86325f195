import assert from 'node:assert/strict'
import { test } from 'node:test'

import { elsewhere, formerProvince, formerWard, provincesLike, wardsLike, type Names } from './known.ts'
import { NAMES } from './names.ts'

const NOW = '2026-11-22'
const BEFORE = '2025-06-30'
const CAN_THO = 'Thành phố Cần Thơ'

const became = (text: string, { province = CAN_THO, own = '', today = NOW, names = NAMES } = {}) =>
  formerWard(names, text, province, own, today)?.choices ?? null

test('a ward is found without marks, by its kind or without, from two letters on', () => {
  assert.deepEqual(wardsLike(NAMES, 'o mon', ''), ['Phường Ô Môn'])
  assert.deepEqual(wardsLike(NAMES, 'phuoc', CAN_THO), ['Phường Phước Thới', 'Xã Đông Phước', 'Xã Tân Phước Hưng', 'Xã Mỹ Phước'])
  assert.deepEqual(wardsLike(NAMES, 'phuong tan', ''), ['Phường Tân An', 'Phường Tân Lộc', 'Phường Vị Tân'])
  assert.deepEqual(wardsLike(NAMES, 'my x', ''), ['Phường Mỹ Xuyên'])
  assert.deepEqual(wardsLike(NAMES, 'tan', ''), ['Phường Tân An', 'Phường Tân Lộc', 'Xã Tân Hòa', 'Xã Tân Bình'])
  assert.deepEqual(wardsLike(NAMES, 'P. Ô', ''), [])
  assert.deepEqual(wardsLike(NAMES, 'P. Ô M', 'tp can tho'), ['Phường Ô Môn'])
  assert.deepEqual(wardsLike(NAMES, 'xã long h', ''), ['Xã Long Hưng'])
  assert.deepEqual(wardsLike(NAMES, 'Ô Môn'.normalize('NFD'), ''), ['Phường Ô Môn'])
})

test('a name that stands there is not suggested again, and no list is long', () => {
  assert.deepEqual(wardsLike(NAMES, 'Phường Ô Môn', CAN_THO), [])
  assert.equal(wardsLike(NAMES, 'th', CAN_THO).length, 4)
})

test('in another province nothing is suggested and nothing is said', () => {
  assert.deepEqual(wardsLike(NAMES, 'an binh', 'Kiên Giang'), [])
  assert.equal(became('Long Hưng', { province: 'Hưng Yên' }), null)
  assert.equal(became('Phường Châu Văn Liêm', { province: 'Tỉnh Sóc Trăng' }), null)
})

test('another province is told, but not while the name of ours is still being typed', () => {
  for (const text of ['Tỉnh Vĩnh Long', 'ca mau', 'TP. Hồ Chí Minh', 'Cần Giờ']) assert.equal(elsewhere(NAMES, text), true, text)
  for (const text of ['', 'C', 'Thành', 'Thành phố', 'tp can', 'Cần Thơ', 'Tỉnh Sóc', 'hau giang'])
    assert.equal(elsewhere(NAMES, text), false, text)
})

test('an earlier ward leads to the one of today, however it is written', () => {
  for (const text of ['Châu Văn Liêm', 'phuong chau van liem', 'P.Châu Văn Liêm', 'CHÂU VĂN LIÊM, quận Ô Môn'])
    assert.deepEqual(became(text), ['Phường Ô Môn'], text)
  assert.deepEqual(became('phường Trường Lạc', { province: '' }), ['Phường Phước Thới'])
})

test('before the day of the change nothing is renamed', () => {
  assert.equal(became('Châu Văn Liêm', { today: BEFORE }), null)
  assert.deepEqual(became('Châu Văn Liêm', { today: '2025-07-01' }), ['Phường Ô Môn'])
  assert.equal(formerProvince(NAMES, 'Sóc Trăng', BEFORE), null)
})

test('a name that another commune bears today asks which is meant, unless kind or district tell', () => {
  assert.deepEqual(became('long hung'), ['Phường Thới Long', 'Xã Long Hưng'])
  assert.deepEqual(became('phường Long Hưng'), ['Phường Thới Long'])
  assert.deepEqual(became('Long Hưng, quận Ô Môn'), ['Phường Thới Long'])
  assert.equal(became('xã Long Hưng'), null)
})

test('a name that stands for its ward today as before is left alone', () => {
  assert.equal(became('Phường Thới Long'), null)
  assert.equal(became('phuoc thoi'), null)
})

test('the office that takes the dossier is left its own name', () => {
  assert.equal(became('long hung', { own: 'Phường Long Hưng' }), null)
  assert.equal(became('phường Long Hưng', { own: 'UBND phường Long Hưng' }), null)
  assert.deepEqual(became('Thới An', { own: 'Phường Long Hưng' }), ['Phường Ô Môn'])
})

test('a ward that was shared out leaves the choice', () => {
  const shared = { name: 'Phường Cũ', within: 'Quận Cũ', since: '2025-07-01', now: ['Phường Một', 'Phường Hai'] }
  const names: Names = { ...NAMES, wards: ['Phường Một', 'Phường Hai'], former: [shared] }

  assert.deepEqual(became('phuong cu', { names }), ['Phường Một', 'Phường Hai'])
})

test('a merged province leads to the city, which is found without marks', () => {
  assert.deepEqual(formerProvince(NAMES, 'soc trang', NOW)?.choices, [CAN_THO])
  assert.deepEqual(formerProvince(NAMES, 'Tỉnh Hậu Giang', NOW)?.choices, [CAN_THO])
  assert.equal(formerProvince(NAMES, 'Cà Mau', NOW), null)
  assert.deepEqual(provincesLike(NAMES, 'tp can'), [CAN_THO])
  assert.deepEqual(provincesLike(NAMES, 'TP Cần Thơ'), [])
})
