import assert from 'node:assert/strict'
import { test } from 'node:test'

import { deadlineOf, type Timed } from './deadline.ts'

const NOW = Date.parse('2026-11-17T10:15:00+07:00')
const accepted = (due_at: string | null): Timed => ({
  state: 'accepted',
  submitted_at: '2026-11-16T08:00:00+07:00',
  expected_at: '2026-11-16T17:00:00+07:00',
  due_at,
})

test('a promise of this evening is for today', () => {
  const found = deadlineOf(accepted('2026-11-17T17:00:00+07:00'), NOW)

  assert.deepEqual(found, { is: 'today', at: '2026-11-17T17:00:00+07:00', expected: false })
})

test('the last hour is told in minutes', () => {
  const found = deadlineOf(accepted('2026-11-17T11:00:00+07:00'), NOW)

  assert.equal(found.is, 'minutes')
  assert.equal('minutes' in found && found.minutes, 45)
})

test('days are days of the calendar in Vietnam, not spans of 24 hours', () => {
  const found = deadlineOf(accepted('2026-11-18T08:00:00+07:00'), NOW)

  assert.equal(found.is === 'later' && found.days, 1)
})

test('after the promise a dossier is late by its whole days', () => {
  const found = deadlineOf(accepted('2026-11-16T09:00:00+07:00'), NOW)

  assert.equal(found.is === 'late' && found.days, 1)
})

test('what is not accepted yet is never late, it waits since it was sent', () => {
  const found = deadlineOf({ ...accepted(null), state: 'submitted' }, NOW)

  assert.deepEqual(found, { is: 'waiting', since: '2026-11-16T08:00:00+07:00', days: 1, hours: 26 })
})

test('while the citizen completes the dossier the clock stands still', () => {
  const found = deadlineOf({ ...accepted('2026-11-16T09:00:00+07:00'), state: 'supplement_requested' }, NOW)

  assert.deepEqual(found, { is: 'paused' })
})

test('before acceptance no clock runs that could stand still', () => {
  const found = deadlineOf({ ...accepted(null), expected_at: '2026-11-27T17:00:00+07:00', state: 'supplement_requested' }, NOW)

  assert.deepEqual(found, { is: 'asked' })
})

test('a finished dossier is not late, whatever the hour', () => {
  const found = deadlineOf({ ...accepted('2026-11-16T09:00:00+07:00'), state: 'result_ready' }, NOW)

  assert.equal(found.is, 'over')
})

test('a procedure without a promised date has no deadline', () => {
  assert.deepEqual(deadlineOf({ ...accepted(null), expected_at: null }, NOW), { is: 'none' })
})
