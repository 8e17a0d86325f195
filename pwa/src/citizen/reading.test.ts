import assert from 'node:assert/strict'
import { test } from 'node:test'

import { procedureAt } from './reading.ts'

test('Vietnamese is read where the poster read it ahead', () => {
  assert.equal(procedureAt('2.000635', { unit: 'om-long-hung' }), '/api/v1/procedures/2.000635?unit=om-long-hung')
})

test('another language and the version of a draft are asked for', () => {
  const path = procedureAt('2.000635', { unit: 'om-long-hung', version: 'ab12' }, 'en')

  assert.equal(path, '/api/v1/procedures/2.000635?unit=om-long-hung&version=ab12&language=en')
})

test('without a code it is the list of all', () => {
  assert.equal(procedureAt(null, {}), '/api/v1/procedures')
  assert.equal(procedureAt(null, { unit: null }, 'en'), '/api/v1/procedures?language=en')
})
