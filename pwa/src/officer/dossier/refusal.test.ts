import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Result } from '../../api/client.ts'
import { refusalOf } from './refusal.ts'

const refused = (status: number, type: string, errors = []): Exclude<Result<unknown>, { end: 'answer' }> => ({
  end: 'refusal',
  status,
  headers: new Headers(),
  problem: { type, title: '', status, errors },
  retryAfter: null,
})

test('a dossier that somebody else changed is to be loaded again', () => {
  assert.deepEqual(refusalOf(refused(409, '/problems/stale')), { why: 'stale', reload: true, faults: [] })
})

test('an ended session is told by the desk, not by the form', () => {
  assert.equal(refusalOf(refused(401, 'sign-in')), null)
})

test('an unknown conflict is treated as a change by somebody else', () => {
  assert.equal(refusalOf(refused(409, 'something-new'))?.why, 'stale')
})

test('a lost answer may have arrived, so the dossier is to be loaded again', () => {
  assert.deepEqual(refusalOf({ end: 'lost' }), { why: 'lost', reload: true, faults: [] })
})

test('a fault of ours is not blamed on what was typed', () => {
  assert.equal(refusalOf(refused(503, 'busy'))?.why, 'ours')
  assert.equal(refusalOf(refused(422, 'content'))?.why, 'content')
})
