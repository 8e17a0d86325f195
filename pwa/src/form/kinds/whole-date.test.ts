import assert from 'node:assert/strict'
import { test } from 'node:test'

import { wholeDate } from './whole-date.ts'

for (const text of ['05/06/2020', '5-6-2020', '05.06.2020', '2020-06-05', ' 5/6/2020\n'])
  test(`a date written whole is taken apart: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), '2020-06-05')
  })

for (const text of ['05/06', '05', '05/06/20', '05/06-2020', '2020-06-0', '05062020', '05/06/20201', ''])
  test(`no whole date, or not yet: ${JSON.stringify(text)}`, () => {
    assert.equal(wholeDate(text), null)
  })
