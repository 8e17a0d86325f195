import assert from 'node:assert/strict'
import { test } from 'node:test'

import { kindOf } from './photo-kind.ts'

const bytes = (text: string): ArrayBuffer => Uint8Array.from(text, (sign) => sign.charCodeAt(0)).buffer

test('photos and PDF are told by their first bytes', () => {
  for (const [begin, kind] of [
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['\x89PNG\r\n\x1a\n', 'image/png'],
    ['%PDF-1.7', 'application/pdf'],
    ['\0\0\0\x18ftypheic', 'image/heic'],
    ['\0\0\0\x18ftypmif1', 'image/heic'],
  ] as const)
    assert.equal(kindOf(bytes(begin + '\0'.repeat(20))), kind)
})

test('what only calls itself a photo, and an empty file, are not', () => {
  for (const text of ['', '\xff\xd8\xff', 'hello, not a picture', '\0\0\0\x18ftypmp42----'])
    assert.equal(kindOf(bytes(text)), null, text)
})
