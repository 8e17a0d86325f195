import assert from 'node:assert/strict'
import { test } from 'node:test'

import { filesFor } from './files.ts'

/** A photo of one sign by one, as small as a photo can be. */
const JPEG = new Uint8Array([0xff, 0xd8, 0xff, 0xc0, 0, 17, 8, 0, 1, 0, 1, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0xff, 0xd9]).buffer
const photo = { bytes: JPEG, mediaType: 'image/jpeg' }
const pdf = { bytes: new TextEncoder().encode('%PDF-1.7 …').buffer as ArrayBuffer, mediaType: 'application/pdf' }
const png = { bytes: new TextEncoder().encode('\x89PNG\r\n\x1a\n…').buffer as ArrayBuffer, mediaType: 'image/png' }

const never = async (): Promise<null> => assert.fail('a photo is taken as it is')

test('the photos of a paper are one PDF, in their order', async () => {
  const made = await filesFor([photo, photo, photo], never)

  assert.deepEqual(made.map(({ ending, pages }) => [ending, pages]), [['pdf', 3]])
  assert.equal(made[0]?.blob.type, 'application/pdf')
})

test('a PDF that was chosen stays a file of its own, byte for byte', async () => {
  const made = await filesFor([photo, pdf, photo], never)

  assert.deepEqual(made.map(({ ending, pages }) => [ending, pages]), [['pdf', 1], ['pdf', 0], ['pdf', 1]])
  assert.deepEqual(await made[1]?.blob.arrayBuffer(), pdf.bytes)
})

test('a picture of another kind is drawn anew and joined', async () => {
  const made = await filesFor([photo, png], async () => JPEG)

  assert.deepEqual(made.map(({ ending, pages }) => [ending, pages]), [['pdf', 2]])
})

test('a picture that this browser cannot open is handed out as it is, and nothing fails', async () => {
  const made = await filesFor([png, photo], async () => Promise.reject(new Error('canvas')))

  assert.deepEqual(made.map(({ ending, pages }) => [ending, pages]), [['png', 0], ['pdf', 1]])
})

test('a paper without pages makes no file', async () => {
  assert.deepEqual(await filesFor([], never), [])
})
