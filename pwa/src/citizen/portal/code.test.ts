import assert from 'node:assert/strict'
import { test } from 'node:test'

import { readScanned, readTyped } from './code.ts'

const TODAY = '2026-11-27'

for (const [typed, code] of [
  ['H13.12-261122-0001', 'H13.12-261122-0001'],
  [' h13.12 – 261122 – 0001 ', 'H13.12-261122-0001'],
  ['000.00.01.H13-230412-0003', '000.00.01.H13-230412-0003'],
  ['H55-261127-12345', 'H55-261127-12345'],
  ['G22.99.01-260101-\u200B0007', 'G22.99.01-260101-0007'],
] as const)
  test(`a code of the usual shape is read: ${typed}`, () => {
    assert.deepEqual(readTyped(typed, TODAY), { is: 'code', code })
  })

for (const typed of [
  'H13.12-261322-0001',
  'H13.12-260231-0001',
  'H13.12-261128-0001',
  'H13.12-261122-001',
  'H13.12/261122/0001',
  'C7KQ4XRT9MH22',
])
  test(`another shape, or a day that does not exist or has not come, is asked about: ${typed}`, () => {
    assert.deepEqual(readTyped(typed, TODAY), { is: 'unusual', code: typed })
  })

for (const [typed, is] of [
  ['mã hồ sơ', 'wrong'],
  ['<b>261122</b>', 'wrong'],
  ['H13.12-261122-0001; DROP', 'wrong'],
  ['abc', 'short'],
  ['H13', 'short'],
  ['1234', 'short'],
  ['ABCDEFGHIJ', 'short'],
  ['1'.repeat(41), 'long'],
] as const)
  test(`what no code can be is refused for what is wrong with it, ${is}: ${typed.slice(0, 30)}`, () => {
    assert.deepEqual(readTyped(typed, TODAY), { is })
  })

test('the full stop of a sentence is no part of a code, and no sign of another shape', () => {
  assert.deepEqual(readTyped('H13.12-261122-0001.', TODAY), { is: 'code', code: 'H13.12-261122-0001' })
})

test('nothing, and blanks alone, are nothing', () => {
  assert.deepEqual(readTyped(' \u200B\n', TODAY), { is: 'empty' })
})

for (const scanned of [
  'H13.12-261122-0001',
  'https://dichvucong.gov.vn/tra-cuu?maHoSo=h13.12-261122-0001&x=1',
  'Mã hồ sơ: H13.12-261122-0001|Nguyễn Văn A|22/11/2026',
])
  test(`a QR code gives the code that it holds, wherever it stands: ${scanned}`, () => {
    assert.deepEqual(readScanned(scanned, TODAY), { is: 'code', code: 'H13.12-261122-0001' })
  })

test('the code on our own sheet is told apart, other codes hold none', () => {
  assert.deepEqual(readScanned('https://motcua.example/ho-so#0f3a/cong', TODAY), { is: 'own' })
  assert.deepEqual(readScanned('https://example.vn/', TODAY), { is: 'wrong' })
})

test('a part of a longer row of signs is no code', () => {
  assert.deepEqual(readScanned('xH13.12-261122-0001', TODAY), { is: 'unusual', code: 'XH13.12-261122-0001' })
})
