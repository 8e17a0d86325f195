import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Full } from '../shapes.ts'
import { mayAsk, movesAt, owes } from './moves.ts'

const submitted: Pick<Full, 'state' | 'moves' | 'decided_here' | 'supplements'> = {
  state: 'submitted',
  moves: ['accept', 'decline', 'request_supplement'],
  decided_here: true,
  supplements: [],
}
const asked = { id: 's', by: 'officer', items: [], reason: null, asked_at: '', until: null, answered_at: '' } as const

test('what the counter does next comes first', () => {
  assert.deepEqual(movesAt(submitted), { main: 'accept', others: ['request_supplement', 'decline'] })
})

test('a second request is not offered', () => {
  const again = { ...submitted, supplements: [asked] }

  assert.equal(mayAsk(again), false)
  assert.deepEqual(movesAt(again).others, ['decline'])
})

test('what the system asked for does not use up the one request', () => {
  assert.equal(mayAsk({ ...submitted, supplements: [{ ...asked, by: 'system' }] }), true)
})

test('where the one-stop decides the moves are known, and nothing can be asked here', () => {
  const elsewhere = { ...submitted, decided_here: false, moves: [] }

  assert.equal(movesAt(elsewhere).main, 'accept')
  assert.equal(mayAsk(elsewhere), false)
})

test('at the end nothing is left to decide', () => {
  assert.deepEqual(movesAt({ ...submitted, state: 'returned', moves: [] }), { main: null, others: [] })
})

test('only an unsettled fee asks for a reason', () => {
  const fee = { id: 'o', amount: 8000, paid: 0, lines: [] }

  assert.equal(owes({ obligation: null }), false)
  assert.equal(owes({ obligation: { ...fee, state: 'paid' } }), false)
  assert.equal(owes({ obligation: { ...fee, state: 'open' } }), true)
  assert.equal(owes({ obligation: { ...fee, state: 'unquoted' } }), true)
})
