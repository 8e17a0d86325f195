import assert from 'node:assert/strict'
import { test } from 'node:test'

import { judgeAll, misfitsAmong, oddFits } from './agreements.ts'
import type { Agreement, Definition, Field } from './definition.ts'
import { firstOpen, obstacles } from './open.ts'
import { inOrder } from './order.ts'

const TODAY = '2026-11-22'
const day = (id: string): Field => ({ id, kind: 'partial_date', label: id, required: true })
const stay: Field = { id: 'o', kind: 'rows', label: 'Nơi ở', required: false, columns: [day('tu'), day('den')] }
const agreements: Agreement[] = [
  { id: 'me', answer: 'me', before: 'con', words: 'Mẹ phải sinh trước con.' },
  { id: 'o', answer: 'o.den', not_before: 'o.tu', words: 'Ngày cuối không thể trước ngày đầu.' },
]
const definition = {
  steps: [
    { id: 'tre', title: 'Trẻ', fields: [day('con')] },
    { id: 'me', title: 'Mẹ', fields: [day('me'), stay] },
  ],
  papers: [],
  agreements,
} as unknown as Definition
const [child, mother] = [day('con'), day('me')]
const WRONG = { con: '2026-05-12', me: '2026-05-12' }

test('what does not fit is told at the later question, in the words of the procedure', () => {
  const found = judgeAll(definition, [mother], WRONG, TODAY)

  assert.deepEqual(found.map(({ at, code, facts }) => [at, code, facts.words]), [['me', 'misfit', 'Mẹ phải sinh trước con.']])
  assert.deepEqual(judgeAll(definition, [child], WRONG, TODAY), [])
})

test('of rows it stands in its cell, and speaks of its column', () => {
  const rows = [{ row: 'a', tu: '2020', den: '1999' }]

  const found = judgeAll(definition, [stay], { o: rows }, TODAY)

  assert.deepEqual(found.map(({ at, field }) => [at, field.id]), [['o/0/den', 'den']])
})

test('an answer that is wrong by itself is told once', () => {
  const found = judgeAll(definition, [mother], { con: '2026-05-12', me: '2026-05-40' }, TODAY)

  assert.deepEqual(found.map(({ code }) => code), ['day'])
})

test('until both fit the dossier is not ready, and the later page is opened', () => {
  assert.equal(firstOpen(definition, WRONG, () => 0, TODAY).id, 'me')
  assert.equal(obstacles(definition, WRONG, () => 0, TODAY).wrong.length, 1)
  assert.equal(firstOpen(definition, { ...WRONG, me: '1996' }, () => 0, TODAY).kind, 'review')
})

test('where one of both alone is asked anew it is told there', () => {
  assert.deepEqual(misfitsAmong(definition, [child], WRONG, TODAY).map(({ at }) => at), ['con'])
  assert.deepEqual(misfitsAmong(definition, [child, mother], WRONG, TODAY).map(({ at }) => at), ['me'])
  assert.deepEqual(misfitsAmong(definition, [stay], WRONG, TODAY), [])
})

test('a cell that was cleared again is no answer, and nothing that is broken', () => {
  const optional = { ...stay, columns: [day('tu'), { ...day('den'), required: false }] }

  assert.deepEqual(judgeAll(definition, [optional], { o: [{ row: 'a', tu: '2018', den: undefined }] }, TODAY), [])
})

test('what is mild is asked about, stands against nothing, and names the other question', () => {
  const young = { ...definition, agreements: [], asks: [{ id: 'tre', answer: 'me', not_after: 'con', years: 12, mild: true, words: 'Hơn con chưa đến 12 tuổi.' }] }
  const values = { con: '2026-05-12', me: '2015' }

  assert.deepEqual(oddFits(young, [mother], values, TODAY).map(({ at, code, facts }) => [at, code, facts.beside]), [['me', 'odd-fit', 'con']])
  assert.deepEqual(judgeAll(young, [mother], values, TODAY), [])
  assert.equal(firstOpen(young, { ...values, o: [] }, () => 0, TODAY).kind, 'review')
})

test('a rule of a test that this page does not know is passed over, the server looks at it', () => {
  const rules = [
    { id: 'moi', answer: 'me', within: 'con', words: 'Luật mới.' },
    { id: 'moi_khi', answer: 'me', within: 'con', when: { answer: 'con', filled: true }, words: 'Luật mới.' },
    { id: 'moi_truoc', answer: 'me', before: 'con', weeks: 3, words: 'Luật mới.' },
  ] as unknown as Agreement[]

  assert.deepEqual(judgeAll({ ...definition, agreements: rules }, [mother], WRONG, TODAY), [])
})

test('what is found is told from the top of the page to its end', () => {
  const rows = [
    { row: 'a', tu: '2020', den: '1999' },
    { row: 'b', tu: '20', den: '' },
  ]
  const found = judgeAll(definition, [mother, stay], { con: '2020', o: rows }, TODAY)

  assert.deepEqual(inOrder([mother, stay], found).map(({ at }) => at), ['me', 'o/0/den', 'o/1/tu', 'o/1/den'])
})
