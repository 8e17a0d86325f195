import assert from 'node:assert/strict'
import { test } from 'node:test'

import { codeIn, wanted } from './find.ts'

test('a scanned slip gives its code', () => {
  assert.equal(wanted('HTTPS://OMON.EXAMPLE/TRA-CUU#C7KQ4XRT9MHDA'), 'C7KQ4XRT9MHDA')
})

test('a name stays as it was typed, blanks tidied', () => {
  assert.equal(wanted('  Nguyễn   Thị '), 'Nguyễn Thị')
  assert.equal(codeIn('Nguyễn Thị'), null)
})

test('a code is known in groups and small letters', () => {
  assert.equal(codeIn('c7kq 4xrt-9mhda'), 'C7KQ4XRT9MHDA')
})
