import assert from 'node:assert/strict'
import { test } from 'node:test'

import { bodyOf, newAsking, untilFits, withItem, withoutItem, withWords } from './asking.ts'

const TODAY = '2026-11-22'

test('a paper is asked for once, however often it is pointed at', () => {
  const once = withItem(newAsking(TODAY), 'paper', 'uy_quyen')

  assert.equal(withItem(once, 'paper', 'uy_quyen').items.length, 1)
  assert.equal(withItem(once, 'field', 'uy_quyen').items.length, 2)
})

test('a request gives ten days unless the officer says otherwise', () => {
  assert.equal(newAsking('2026-12-28').until, '2027-01-07')
})

test('what is sent names a paper or a field, never both', () => {
  const asking = withWords(withItem(withItem(newAsking(TODAY), 'paper', 'uy_quyen'), 'field', 'ht_loai'), 0, ' Chụp lại. ')

  assert.deepEqual(bodyOf(asking), {
    items: [
      { paper: 'uy_quyen', words: 'Chụp lại.' },
      { field: 'ht_loai', words: '' },
    ],
    until: '2026-12-02',
  })
})

test('taking one out leaves the words of the others', () => {
  const two = withWords(withItem(withItem(newAsking(TODAY), 'paper', 'a'), 'paper', 'b'), 1, 'rõ')

  assert.deepEqual(withoutItem(two, 0).items, [{ kind: 'paper', id: 'b', words: 'rõ' }])
})

test('the last day must come after today, be a real day, and within a year', () => {
  assert.equal(untilFits('2026-11-23', TODAY), true)
  assert.equal(untilFits('2026-11-22', TODAY), false)
  assert.equal(untilFits('2026-11-31', TODAY), false)
  assert.equal(untilFits('2026-12', TODAY), false)
  assert.equal(untilFits('2028-01-01', TODAY), false)
})
