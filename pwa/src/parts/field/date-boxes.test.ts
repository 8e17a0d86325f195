import assert from 'node:assert/strict'
import { test } from 'node:test'

import { valueFaults } from '../../form/check.ts'
import type { Field } from '../../form/definition.ts'
import { NONE, shownOf, typed } from './date-boxes.ts'

type Typed = [part: 'day' | 'month' | 'year', text: string]

/** What is kept and shown once all this is typed, one after the other. */
function after(...all: Typed[]) {
  const last = all.reduce((now, [part, text]) => typed(now.value, now.half, part, text), { value: '', half: NONE })
  return { value: last.value, shown: shownOf(last.value, last.half) }
}

test('figures fill their boxes', () => {
  const { value, shown } = after(['day', '5'], ['month', '06'], ['year', '1995'])

  assert.equal(value, '1995-06-5')
  assert.deepEqual(shown, { year: '1995', month: '06', day: '5' })
})

test('what cannot be read stays in its box, also while another one is typed into', () => {
  const { value, shown } = after(['year', '1995'], ['day', '12a'], ['month', 'sáu'])

  assert.equal(value, '1995-?-?')
  assert.deepEqual(shown, { year: '1995', month: 'sáu', day: '12a' })
})

test('a day that cannot be read is never left out in silence', () => {
  const field: Field = { id: 'f', kind: 'partial_date', label: 'Ngày sinh', required: true }
  const { value, shown } = after(['day', '12a'], ['month', '6'], ['year', '1995'])

  assert.equal(shown.day, '12a')
  assert.deepEqual(valueFaults(field, value, '2026-11-22').map(({ code }) => code), ['date'])
})

test('a box that is mended or cleared asks no more', () => {
  assert.equal(after(['day', '12a'], ['month', 'b'], ['year', '1995'], ['month', '6'], ['day', '12']).value, '1995-6-12')
  assert.equal(after(['day', '12a'], ['month', '6'], ['year', '1995'], ['day', '']).value, '1995-6')
})

test('a whole date takes the place of all that was half typed', () => {
  const { value, shown } = after(['month', 'sáu'], ['day', '05/06/'], ['day', '05/06/1995'])

  assert.equal(value, '1995-06-05')
  assert.deepEqual(shown, { year: '1995', month: '06', day: '05' })
})

test('a date of the moon stays in its box and is asked for', () => {
  const { value, shown } = after(['day', '30/02/1955 âm lịch'])

  assert.equal(shown.day, '30/02/1955 âm lịch')
  assert.equal(value, '--?')
})

test('seen again, a box that could not be read is clear', () => {
  assert.deepEqual(shownOf('1995-?-?', NONE), { year: '1995', month: '', day: '' })
})
