import assert from 'node:assert/strict'
import { test } from 'node:test'

import { expectedIf } from './expected.ts'

const at = (text: string): number => Date.parse(`${text}+07:00`)

test('on a working day the date holds if the ward receives today', () => {
  assert.match(expectedIf('2026-11-27', at('2026-11-27T09:00:00')), /^Nếu được nhận trong hôm nay\./)
})

test('on a day off the day is named on which the ward opens next', () => {
  const words = expectedIf('2026-11-30', at('2026-11-28T09:00:00'))

  assert.match(words, /^Nếu được nhận vào thứ Hai 30\/11\/2026\./)
})

test('what was to be received yesterday is not said of today', () => {
  assert.match(expectedIf('2026-11-27', at('2026-11-29T09:00:00')), /vào thứ Sáu 27\/11\/2026/)
})
