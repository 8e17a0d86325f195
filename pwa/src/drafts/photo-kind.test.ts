import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isTaken } from './photo-kind.ts'

const bytes = (text: string): ArrayBuffer => Uint8Array.from(text, (sign) => sign.charCodeAt(0)).buffer

test('photos and PDF are told by their first bytes', () => {
  for (const begin of ['\xff\xd8\xff\xe0', '\x89PNG\r\n\x1a\n', '%PDF-1.7', '\0\0\0\x18ftypheic'])
    assert.ok(isTaken(bytes(begin + '\0'.repeat(20))), begin)
})

test('what only calls itself a photo, and an empty file, are not', () => {
  for (const text of ['', '\xff\xd8\xff', 'hello, not a picture', '\0\0\0\x18ftypmp42----'])
    assert.ok(!isTaken(bytes(text)), text)
})
