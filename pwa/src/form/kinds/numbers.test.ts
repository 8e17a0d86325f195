import assert from 'node:assert/strict'
import { test } from 'node:test'

import { numberIn } from './numbers.ts'

test('digits alone are a number, in groups and in wide figures too', () => {
  assert.equal(numberIn('1.250.000'), 1_250_000)
  assert.equal(numberIn(' 12 '), 12)
  assert.equal(numberIn('１２'), 12)
  assert.equal(numberIn('１．２５０．０００'), 1_250_000)
})

test('all else waits to be mended as it was typed, nothing is no answer', () => {
  assert.equal(numberIn('1.5'), '1.5')
  assert.equal(numberIn('２ bản'), '２ bản')
  assert.equal(numberIn(' '), undefined)
})
