import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Status } from '../api/schema.ts'
import { checkOf, isDoubtful, isKept, isUnreadable } from './checked.ts'
import { newSending } from './new-sending.ts'

const page = { sha256: 'ab', size: 10 }
const arrived = (check: 'pending' | 'ok' | 'unreadable') => ({
  ...newSending(),
  files: { ab: { size: 10, have: 10, check, stuck: 0, mismatches: 0 } },
})
const told = (check: 'pending' | 'ok' | 'unreadable') => ({ files: [{ sha256: 'ab', check }] }) as unknown as Status

test('a photo that arrived and opens is kept', () => {
  assert.ok(isKept({ sending: arrived('pending'), status: told('ok') }, page))
})

test('a photo that arrived and does not open is not kept, whoever said so first', () => {
  for (const photos of [
    { sending: arrived('unreadable'), status: null },
    { sending: arrived('pending'), status: told('unreadable') },
  ]) {
    assert.ok(isUnreadable(photos, page))
    assert.ok(!isKept(photos, page))
  }
})

test('what was found when the photo came stands, also before anybody is asked', () => {
  assert.equal(checkOf(arrived('ok').files, [], 'ab'), 'ok')
  assert.equal(checkOf(arrived('ok').files, [{ sha256: 'ab', check: 'pending' }] as Status['files'], 'ab'), 'ok')
  assert.equal(checkOf({}, [], 'ab'), null)
})

test('what this device cannot open is in doubt until the office has opened it', () => {
  const torn = { ...page, original: true, media_type: 'image/jpeg' }
  const travelling = { sending: newSending(), status: null }

  assert.ok(isDoubtful(travelling, torn))
  assert.ok(isDoubtful({ sending: arrived('pending'), status: null }, torn))
  assert.ok(!isDoubtful({ sending: arrived('pending'), status: told('ok') }, torn))
  assert.ok(!isDoubtful(travelling, { ...torn, original: false }))
})

test('that a phone opens no HEIC photo and no PDF says nothing of them', () => {
  for (const kind of ['image/heic', 'application/pdf'])
    assert.ok(!isDoubtful({ sending: newSending(), status: null }, { ...page, original: true, media_type: kind }))
})
