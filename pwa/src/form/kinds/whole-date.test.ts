import assert from 'node:assert/strict'
import { test } from 'node:test'

import { wholeDate } from './whole-date.ts'

for (const text of ['05/06/2020', '5-6-2020', '05.06.2020', '2020-06-05', ' 5/6/2020\n', '5 / 6 / 2020', '5 6 2020', 'ngày 5 tháng 6 năm 2020', 'Ngày 5, tháng 6, năm 2020', 'mùng 5 tháng 6 năm 2020', 'mồng 5/6/2020', 'ngay 5 thang 6 nam 2020', 'ngày 5 tháng 6 năm 2020'.normalize('NFD'), '05062020', '20200605', '05/06-2020'])
  test(`a date written whole is taken apart: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), '2020-06-05')
  })

for (const text of ['5/6/1995 (âm lịch)', '30/02/1955 âm lịch', 'âm lịch 5/6/1995', '12 tuổi 5 tháng 2020', 'khoảng 5/6/1995', '5/6/1995 AL', '5/6/1995?', '2020-06-05T00:00', '5 tháng 6 nhuận 1995'])
  test(`other words are never swallowed: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), null)
  })

for (const text of ['05/06', '05', '05/06/20', '5.6.95', '2020-06-0', '0506202', '45132020', '05/06/20201', '05/06/2020 - 06/07/2021', 'tháng 6 năm 2020', ''])
  test(`no whole date, or not yet: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), null)
  })
