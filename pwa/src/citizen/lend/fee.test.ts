import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Lent } from '../../api/schema.ts'
import { newDossier } from '../../drafts/dossier.ts'
import { mayBeOut, standingOf } from './fee.ts'

const fee = (state: Lent['state'], due: number, ...tries: Lent['attempts'][number]['state'][]) =>
  standingOf({ state, due, attempts: tries.map((one) => ({ adapter: 'momo', state: one, expires_at: null })) })

test('what is owed can be paid, also after its time and while an exemption is looked at', () => {
  assert.equal(fee('open', 8000), 'open')
  assert.equal(fee('expired', 8000), 'open')
  assert.equal(fee('exemption_review', 8000), 'open')
})

test('an earlier try that failed or ran out stops nobody', () => {
  assert.equal(fee('open', 8000, 'failed', 'expired', 'superseded', 'pending'), 'open')
})

test('while a payment is being confirmed or looked at nobody is asked for a second one', () => {
  assert.equal(fee('open', 8000, 'unknown'), 'confirming')
  assert.equal(fee('open', 8000, 'review'), 'confirming')
})

test('paid, given back, free: nothing more to do', () => {
  for (const state of ['paid', 'refund_due', 'refunded', 'nothing_due', 'exempt'] as const) assert.equal(fee(state, 0), 'paid')
})

test('a fee that ended, or that nobody has set yet, is not paid', () => {
  assert.equal(fee('cancelled', 0), 'over')
  assert.equal(fee('unquoted', 0), 'over')
})

test('links are ended where one may be out, in a dossier of before that was kept too', () => {
  assert.equal(mayBeOut({ payLink: true }), true)
  assert.equal(mayBeOut({}), true)
})

test('a dossier that is begun now knows that no link is out', () => {
  const about = { procedure: '2.000635', version: '1', title: '', unit: { code: 'w', name: 'W' }, qr: null, values: {} }

  assert.equal(mayBeOut(newDossier(about, 0)), false)
})
