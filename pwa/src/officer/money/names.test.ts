import assert from 'node:assert/strict'
import { test } from 'node:test'

import { officerSaid } from './names.ts'

const NAMES = { 'officer:canbo.long-hung': 'Huỳnh Kim Ngân' }

test('a paper names an officer by title and full name, whoever reads it', () => {
  assert.equal(officerSaid('officer:canbo.long-hung', NAMES), 'Cán bộ Huỳnh Kim Ngân')
})

test('an officer without a name on record is named by the login', () => {
  assert.equal(officerSaid('officer:cu', NAMES), 'Cán bộ cu')
})
