import assert from 'node:assert/strict'
import { test } from 'node:test'

import { linesOf } from './picture.ts'

const upTo = (most: number) => (line: string): boolean => line.length <= most

test('a line is broken between words', () => {
  assert.deepEqual(linesOf('KHO BAC NHA NUOC O MON', upTo(12)), ['KHO BAC NHA', 'NUOC O MON'])
})

test('what fits stays whole', () => {
  assert.deepEqual(linesOf('HSP7K2M9Q', upTo(12)), ['HSP7K2M9Q'])
})

test('a word longer than a line is cut, and no sign of it is lost', () => {
  const lines = linesOf('So 1234567890123456789', upTo(10))

  assert.deepEqual(lines, ['So', '1234567890', '123456789'])
})
