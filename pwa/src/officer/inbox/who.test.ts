import assert from 'node:assert/strict'
import { test } from 'node:test'

import { whoWords } from './who.ts'

test('who files for another stands first, then the owner', () => {
  const words = whoWords({ owner_masked: 'Nguyễn T. B. T.', submitter_masked: 'Lê V. M.' })

  assert.equal(words, 'Lê V. M., nộp thay cho Nguyễn T. B. T.')
})

test('an owner who files is said to have filed, be it for a relative', () => {
  assert.equal(whoWords({ owner_masked: 'Lê V. M.', submitter_masked: null }), 'Lê V. M., chủ hồ sơ nộp')
})
