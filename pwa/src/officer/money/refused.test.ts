import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Refusal as Answer } from '../../api/client.ts'
import { refusalOf } from './refused.ts'

const said = (status: number, type: string): Answer => ({
  end: 'refusal',
  status,
  headers: new Headers(),
  problem: { type, title: '', status },
  retryAfter: null,
})

test('when a colleague was faster the page is read anew', () => {
  assert.deepEqual(refusalOf(said(409, '/problems/money-decided')), { why: 'money-decided', reload: true, faults: [] })
  assert.equal(refusalOf(said(409, '/problems/refund-decided'))?.reload, true)
  for (const slug of ['shift-open', 'shift-closed', 'close-signed', 'receipt-decided'] as const)
    assert.deepEqual(refusalOf(said(409, `/problems/${slug}`)), { why: slug, reload: true, faults: [] })
})

test('a conflict nobody has words for is told as a faster colleague', () => {
  assert.equal(refusalOf(said(409, '/problems/stale'))?.why, 'money-decided')
})

test('another dossier or another way may be tried at once', () => {
  assert.equal(refusalOf(said(409, '/problems/nothing-due'))?.reload, false)
  assert.equal(refusalOf(said(409, '/problems/no-receipt-now'))?.reload, false)
  assert.equal(refusalOf(said(422, '/problems/not-by-provider'))?.why, 'not-by-provider')
  assert.equal(refusalOf(said(404, '/problems/not-found'))?.why, 'gone')
})

test('an answer that was lost may have been heard', () => {
  assert.deepEqual(refusalOf({ end: 'lost' }), { why: 'lost', reload: true, faults: [] })
})

test('an ended session is told by the desk itself', () => {
  assert.equal(refusalOf(said(401, '/problems/sign-in')), null)
})
