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

test('a paper names the title of who has one, in place of the word for all of them', () => {
  const titles = { 'officer:canbo.long-hung': 'Công chức tư pháp – hộ tịch' }
  assert.equal(officerSaid('officer:canbo.long-hung', NAMES, titles), 'Công chức tư pháp – hộ tịch Huỳnh Kim Ngân')
  assert.equal(officerSaid('officer:cu', NAMES, titles), 'Cán bộ cu')
})
