import assert from 'node:assert/strict'
import { test } from 'node:test'

import { visitTold } from './visit-told.ts'

test('an answer of a server of before, which knows no visits, tells of none', () => {
  assert.equal(visitTold({}), null)
  assert.equal(visitTold({ visit_over: null, visit_before: null }), null)
})

test('a visit to be made names the hour of the day that was chosen, not the day', () => {
  assert.deepEqual(visitTold({ visit_over: false, visit_before: '15:00' }), {
    value: 'Ngày đã chọn ghi trên biên nhận.',
    more: 'Đến trước 15:00 thì dự kiến có kết quả trong ngày. Đến sau thì phường trả vào ngày làm việc kế tiếp.',
  })
  assert.equal(visitTold({ visit_over: false, visit_before: null })?.more, null)
})

test('a visit that is over says whom to call, and promises nothing in the name of the ward', () => {
  assert.deepEqual(visitTold({ visit_over: true, visit_before: '15:00' }), {
    value: 'Ngày đã chọn đã qua.',
    more: 'Nếu chưa đến, gọi phường để hẹn buổi khác; hồ sơ vẫn còn ở phường.',
  })
})
