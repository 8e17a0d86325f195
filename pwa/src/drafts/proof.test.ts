import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { SubmitAnswer } from '../api/schema.ts'
import { agrees, missingIn, proofOf } from './proof.ts'

const SENT = [{ sha256: 'aa', size: 10 }, { sha256: 'bb', size: 20 }]

function proof(...files: { sha256: string; size: number }[]) {
  const receipt = { files: files.map((file) => ({ ...file, name: 'x' })) } as SubmitAnswer['receipt']
  return proofOf({ code: 'C', track_digits: null, receipt, obligation: null, verify_token: 'a.b.c' })
}

test('a receipt that names every file with its size agrees', () => {
  assert.ok(agrees(proof(...SENT), SENT))
})

test('a file that is missing or has another size is found', () => {
  assert.deepEqual(missingIn(proof({ sha256: 'aa', size: 10 }, { sha256: 'bb', size: 21 }), SENT), [SENT[1]])
  assert.ok(!agrees(proof({ sha256: 'aa', size: 10 }), SENT))
  assert.ok(!agrees(proof({ sha256: 'aa', size: 10 }), SENT, true))
})

test('a file that we never sent is strange, but for the files of before when something was added', () => {
  const whole = proof(...SENT, { sha256: 'cc', size: 30 })

  assert.ok(!agrees(whole, SENT))
  assert.ok(agrees(whole, SENT, true))
})
