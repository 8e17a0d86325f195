import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { RefundOpened } from '../shapes.ts'
import { aheadOf, pastOf, waitsFor } from './steps.ts'

const REFUND: RefundOpened = {
  id: 'r',
  rev: 0,
  at: '2026-11-17T09:00:00+07:00',
  age: 0,
  unit: 'om-long-hung',
  unit_name: 'Phường Long Hưng',
  amount: 8000,
  state: 'requested',
  reason: 'second',
  code: null,
  owner_masked: null,
  adapter: 'bank_notice',
  route: null,
  routes: ['manual'],
  requested_by: 'officer:lan',
  approved_by: null,
  paid_by: null,
  confirmed_by: null,
  evidence: null,
  payee: null,
  can: [],
  decisions: [],
  names: {},
}

test('who may not take the next step reads that another person must', () => {
  assert.equal(waitsFor(REFUND, false), 'Bước này cần người thứ hai. Nhờ cán bộ khác của đơn vị duyệt.')
  assert.equal(waitsFor({ ...REFUND, can: ['approve', 'reject'] }, false), null)
})

test('who noted the payout may only send it back, and reads why', () => {
  const paid: RefundOpened = { ...REFUND, state: 'paid_out', route: 'manual', can: ['send_back'] }

  assert.equal(waitsFor(paid, true), 'Bạn đã ghi là đã chi. Nhờ cán bộ khác xác nhận.')
  assert.equal(waitsFor({ ...paid, can: ['confirm', 'send_back'] }, false), null)
})

test('while an outcome is not known nobody is led to give it back another way', () => {
  const asked: RefundOpened = { ...REFUND, state: 'unknown', route: 'provider' }

  assert.match(waitsFor(asked, false) ?? '', /Đừng hoàn bằng cách khác/)
  assert.equal(aheadOf(asked).length, 1)
})

test('by the accountant two steps lie ahead of an approval, by the provider one', () => {
  const approved: RefundOpened = { ...REFUND, state: 'approved' }

  assert.equal(aheadOf({ ...approved, route: 'manual' }).length, 2)
  assert.equal(aheadOf({ ...approved, route: 'provider' }).length, 1)
  assert.deepEqual(aheadOf({ ...REFUND, state: 'confirmed' }), [])
})

test('each step says who took it, when, and why', () => {
  const decision = { verb: 'approve', by: 'officer:minh', at: '2026-11-17T09:30:00+07:00', reason: 'Theo sao kê' } as const

  const [asked, agreed] = pastOf({ ...REFUND, state: 'approved', decisions: [decision] }, (actor) => `(${actor})`)

  assert.equal(asked?.when, '(officer:lan), 09:00 ngày 17/11/2026')
  assert.deepEqual([agreed?.when, agreed?.more], ['(officer:minh), 09:30 ngày 17/11/2026', 'Theo sao kê'])
})

test('what a provider decided stands at the end', () => {
  assert.equal(pastOf({ ...REFUND, state: 'failed' }, String).at(-1)?.words, 'Hoàn không thành')
})
