import assert from 'node:assert/strict'
import { test } from 'node:test'

import { wholeDate } from './whole-date.ts'

for (const text of ['05/06/2020', '5-6-2020', '05.06.2020', '2020-06-05', ' 5/6/2020\n', '5 / 6 / 2020', '5 6 2020', 'ngày 5 tháng 6 năm 2020', '05062020', '20200605', '05/06-2020'])
  test(`a date written whole is taken apart: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), '2020-06-05')
  })

for (const text of ['05/06', '05', '05/06/20', '5.6.95', '2020-06-0', '0506202', '45132020', '05/06/20201', '05/06/2020 - 06/07/2021', 'tháng 6 năm 2020', ''])
  test(`no whole date, or not yet: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), null)
  })
