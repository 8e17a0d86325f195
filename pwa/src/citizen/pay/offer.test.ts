import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Attempt, Obligation } from '../../api/schema.ts'
import { downOf, dueNow, lastTry, marked, offers, partPaid, screenOf } from './offer.ts'

const VIETQR = { adapter: 'vietqr', title_vi: 'Quét VietQR', title_en: 'Scan a VietQR' }
const NEW = { adapter: 'vi_moi', title_vi: 'Ví Mới', title_en: 'New Wallet' }

test('only what the server names is offered, in its order', () => {
  const names = offers([NEW, VIETQR], []).map(({ adapter }) => adapter)

  assert.deepEqual(names, ['vi_moi', 'vietqr'])
})

test('a way that we do not know is called as its adapter calls itself', () => {
  const [found] = offers([NEW], [])

  assert.deepEqual(found, { adapter: 'vi_moi', name: 'Ví Mới', more: null })
})

test('a way that was refused is not offered again', () => {
  assert.deepEqual(offers([VIETQR], ['vietqr']), [])
})

test('the way that was asked for is marked, else the first, else none', () => {
  const offered = offers([NEW, VIETQR], [])

  assert.equal(marked(offered, 'vietqr')?.adapter, 'vietqr')
  assert.equal(marked(offered, 'sandbox')?.adapter, 'vi_moi')
  assert.equal(marked([], 'vietqr'), null)
})

test('a way that was asked for and is down is named, another is not', () => {
  assert.equal(downOf([NEW], 'vi_moi')?.name, 'Ví Mới')
  assert.equal(downOf([NEW], 'vietqr'), null)
  assert.equal(downOf([NEW], null), null)
})

const tried = (attempt: string, state: Attempt['state']): Attempt => ({
  attempt,
  adapter: 'vietqr',
  state,
  next_action: null,
  expires_at: null,
})

test('a new code takes the place of the one that ran out', () => {
  const attempts = [tried('old', 'expired_unverified'), tried('new', 'pending')]

  assert.equal(lastTry(attempts, 'vietqr')?.attempt, 'new')
})

test('a way that was put aside for another is chosen anew', () => {
  const attempts = [tried('old', 'expired'), tried('aside', 'superseded')]

  assert.equal(lastTry(attempts, 'vietqr'), undefined)
  assert.equal(lastTry(attempts, null), undefined)
})

const owed = (paid: number, due: number): Obligation => ({ id: 'o', state: 'open', amount: 8000, paid, lines: [], due })

test('a part that counts leaves the rest to pay, one that is looked at leaves it all', () => {
  assert.equal(partPaid(owed(7000, 1000)), 'counts')
  assert.equal(dueNow(owed(7000, 1000)), 1000)
  assert.equal(partPaid(owed(7000, 8000)), 'looked at')
  assert.equal(partPaid(owed(0, 8000)), null)
})

test('what an older server tells without its rest is due in whole', () => {
  const { due: _, ...older } = owed(0, 0)

  assert.equal(dueNow(older), 8000)
})

test('a wallet that did not answer is waited for, and never told as paying at the counter', () => {
  const silent = { attempt: 'a', adapter: 'momo', state: 'unknown', next_action: null, expires_at: null } as const

  assert.equal(screenOf(silent), 'away')
  assert.equal(screenOf({ ...silent, adapter: 'counter', next_action: { kind: 'instructions', text: '' } }), 'counter')
  assert.equal(screenOf({ ...silent, next_action: { kind: 'qr', payload: '00' } }), 'bank')
})
