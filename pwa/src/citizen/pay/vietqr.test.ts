import assert from 'node:assert/strict'
import { test } from 'node:test'

import { partsOf } from './vietqr.ts'

test('a payload is taken apart for typing by hand', () => {
  const payload =
    '00020101021238540010A00000072701240006970436011001234567890208QRIBFTTA' +
    '53037045405240005802VN62130809HSP7K2M9Q6304ABCD'

  assert.deepEqual(partsOf(payload), {
    bank: '970436',
    account: '0123456789',
    name: '',
    amount: 24000,
    memo: 'HSP7K2M9Q',
  })
})

test('another text is no payload', () => {
  assert.equal(partsOf('https://example.vn'), null)
})
