import assert from 'node:assert/strict'
import { test } from 'node:test'

import { hear, serverNow } from './clock.ts'

const DAY = 86_400_000
/** The answer's header tells whole seconds. */
const near = (moment: number): void => assert.ok(Math.abs((serverNow() ?? 0) - moment) < 2000)

test('before the server was heard nobody guesses what time it is there', () => {
  hear(null)
  hear('no date')
  assert.equal(serverNow(), null)
})

test('a device whose clock is wrong by a day knows the time at the server', () => {
  for (const days of [1, 2]) {
    const there = Date.now() + days * DAY
    hear(new Date(there).toUTCString())
    near(there)
  }
})

test('an answer that was kept on the way, or tells no time, turns nothing back', () => {
  const there = Date.now() + 3 * DAY
  hear(new Date(there).toUTCString())
  hear(new Date(Date.now()).toUTCString())
  hear(null)
  near(there)
})
