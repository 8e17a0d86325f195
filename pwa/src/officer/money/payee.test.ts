import assert from 'node:assert/strict'
import { test } from 'node:test'

import { firstEmpty, NO_PAYEE, tidied, wrongIn } from './payee.ts'

const whole = { bank: 'VietinBank', account: '1010 0000 2244', name: 'Nguyễn Thị Bé Tư' }

test('a refund in cash names no account', () => {
  assert.equal(wrongIn(NO_PAYEE), null)
})

test('a number typed in groups is sent without them', () => {
  assert.equal(wrongIn(whole), null)
  assert.equal(tidied(whole).account, '101000002244')
})

test('half an account is refused at its first empty box', () => {
  const half = { ...whole, name: ' ' }

  assert.equal(wrongIn(half), 'half')
  assert.equal(firstEmpty(half), 'name')
})

test('an account number has no other signs and at least four', () => {
  assert.equal(wrongIn({ ...whole, account: '12/34' }), 'account')
  assert.equal(wrongIn({ ...whole, account: '123' }), 'account')
})
