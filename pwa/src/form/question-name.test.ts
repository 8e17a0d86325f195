import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from './definition.ts'
import { questionName } from './question-name.ts'

const FORM = {
  steps: [
    { id: 'me', title: 'Người mẹ', fields: [{ id: 'me_sinh', label: 'Ngày sinh' }, { id: 'me_ten', label: 'Tên người mẹ' }] },
    { id: 'cha', title: 'Người cha', fields: [{ id: 'cha_sinh', label: 'Ngày sinh' }] },
  ],
} as unknown as Pick<Definition, 'steps'>

test('where two pages ask the same, a question is named with its page', () => {
  assert.equal(questionName(FORM, 'me_sinh'), 'Ngày sinh · Người mẹ')
  assert.equal(questionName(FORM, 'cha_sinh'), 'Ngày sinh · Người cha')
})

test('a question that nobody takes for another is named by its label alone', () => {
  assert.equal(questionName(FORM, 'me_ten'), 'Tên người mẹ')
  assert.equal(questionName(FORM, 'khong_co'), undefined)
})
