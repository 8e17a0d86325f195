import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DossierState, Status } from '../../api/schema.ts'
import { clockWords } from './clock.ts'

const DAY = '2026-12-03T17:00:00+07:00'
const been = (...states: DossierState[]): Status['timeline'] => states.map((state) => ({ at: DAY, what: '', state }))

test('a time that runs stands still while something is asked, and runs on after the answer', () => {
  const accepted = { timeline: been('submitted', 'accepted', 'supplement_requested'), expected_at: DAY, due_at: DAY }

  assert.equal(clockWords(accepted, false), 'track.pause')
  assert.equal(clockWords(accepted, true), 'ask.done.more')
})

test('before acceptance no time has begun: it counts from then on', () => {
  const waiting = { timeline: been('submitted', 'supplement_requested'), expected_at: DAY, due_at: null }

  assert.equal(clockWords(waiting, false), 'ask.begins')
  assert.equal(clockWords(waiting, true), 'ask.begins')
})

test('where there is no deadline, or the system asked, nothing is said of the time', () => {
  const free = { expected_at: null, due_at: null }

  assert.equal(clockWords({ ...free, timeline: been('submitted', 'supplement_requested') }, true), null)
  assert.equal(clockWords({ ...free, timeline: been('submitted', 'accepted', 'supplement_requested') }, true), null)
  assert.equal(clockWords({ timeline: been('submitted', 'accepted'), expected_at: DAY, due_at: DAY }, true), null)
})
