import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'

import { encode } from './encode.ts'

const VIETQR =
  '00020101021238570010A00000072701270006970436011301234567890120208QRIBFTTA' +
  '53037045405240005802VN62130809HSP7K2M9Q6304ABCD'

/** Drawings that another program (zxing-cpp) has read back as the same text at level M. */
const READ_BACK = [
  { text: 'motcua', side: 21, drawing: 'c37bcc27a368bff1' },
  { text: VIETQR, side: 45, drawing: 'df23783002cf5ad9' },
  { text: 'https://127.0.0.1:8000/v#' + 'eyJhbGciOiJFUzI1NiIsImtpZCI6IjEifQ.'.repeat(9), side: 73, drawing: '6f19124b2a20f502' },
  { text: 'đ'.repeat(300), side: 93, drawing: '2b55feb56ee3b604' },
]

for (const { text, side, drawing } of READ_BACK) {
  test(`a code of ${side} modules is drawn as it was read back`, () => {
    const square = encode(text)

    const rows = square.map((row) => row.map(Number).join('')).join('\n')
    assert.equal(square.length, side)
    assert.equal(createHash('sha256').update(rows).digest('hex').slice(0, 16), drawing)
  })
}

test('a text longer than any code is refused', () => {
  assert.throws(() => encode('x'.repeat(2400)), RangeError)
})
