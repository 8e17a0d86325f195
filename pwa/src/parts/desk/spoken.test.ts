import assert from 'node:assert/strict'
import { test } from 'node:test'

import { spoken } from './spoken.ts'

test('Vietnamese is asked for without a word', () => {
  assert.equal(spoken('/api/v1/procedures', 'vi'), '/api/v1/procedures')
})

test('English is asked for, whatever else is', () => {
  assert.equal(spoken('/api/v1/procedures', 'en'), '/api/v1/procedures?language=en')
  assert.equal(spoken('/api/v1/procedures/2.000635?unit=om', 'en'), '/api/v1/procedures/2.000635?unit=om&language=en')
})
