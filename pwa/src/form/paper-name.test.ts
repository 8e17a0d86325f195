import assert from 'node:assert/strict'
import { test } from 'node:test'

import { paperName } from './paper-name.ts'

test('the remark of the law on a paper is a sentence of its own', () => {
  assert.deepEqual(paperName('Trích lục ghi chú ly hôn (ly hôn ở nước ngoài)'), {
    short: 'Trích lục ghi chú ly hôn',
    rest: 'Ly hôn ở nước ngoài.',
  })
})

test('a remark that ends with its own mark gets no second one', () => {
  assert.equal(paperName('Quyết định thôi hưởng (người từ đủ 80 tuổi…)').rest, 'Người từ đủ 80 tuổi…')
})

test('a name without a remark, or with one at its beginning, stays whole', () => {
  assert.deepEqual(paperName('Giấy chứng sinh'), { short: 'Giấy chứng sinh', rest: null })
  assert.deepEqual(paperName('Mẫu (số 03)'), { short: 'Mẫu (số 03)', rest: null })
})
