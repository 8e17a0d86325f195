import assert from 'node:assert/strict'
import { test } from 'node:test'

import { withBack, without } from './rows.ts'

const ROWS = [{ row: 'a', noi: 'Long Hưng' }, { row: 'b', noi: 'Thới An' }, { row: 'c', noi: 'Trà Nóc' }]

test('a deleted row comes back where it stood, with all that was in it', () => {
  const { left, removed } = without(ROWS, 'b')

  assert.deepEqual(left.map(({ row }) => row), ['a', 'c'])
  assert.deepEqual(removed && withBack(left, removed), ROWS)
})

test('what was written meanwhile stays when a row is put back', () => {
  const { removed } = without(ROWS, 'b')
  const meanwhile = [{ row: 'a', noi: 'Ô Môn' }, { row: 'c', noi: 'Trà Nóc' }, { row: 'd' }]

  const after = removed && withBack(meanwhile, removed)

  assert.deepEqual(after?.map(({ row }) => row), ['a', 'b', 'c', 'd'])
  assert.equal(after?.[0]?.['noi'], 'Ô Môn')
})

test('the last row comes back though fewer are left than before it', () => {
  const { removed } = without(ROWS, 'c')

  assert.deepEqual(removed && withBack([], removed), [ROWS[2]])
})

test('a row that is gone is not deleted, and one that is there not put back twice', () => {
  assert.deepEqual(without(ROWS, 'x'), { left: ROWS, removed: null })
  assert.equal(withBack(ROWS, { row: { row: 'b' }, index: 1 }), ROWS)
})
