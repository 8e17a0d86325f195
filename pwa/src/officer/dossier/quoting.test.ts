import assert from 'node:assert/strict'
import { test } from 'node:test'

import { digits, emptyLine, linesFrom, missingIn, quoteBody, sumFault, sumOf } from './quoting.ts'

test('what the tariff knows is not typed again, the unknown price is', () => {
  const [line] = linesFrom([{ name: 'Lệ phí', kind: 'le_phi', quantity: 2, unit_amount: null, amount: null, law: null }])

  assert.deepEqual(line, { row: 1, name: 'Lệ phí', kind: 'le_phi', quantity: '2', unit: '', law: '' })
  assert.deepEqual(line && missingIn(line), ['unit', 'law'])
})

test('a fee without known lines begins with one empty line', () => {
  assert.deepEqual(linesFrom([]), [emptyLine(1)])
})

test('money is read with dots and blanks, never with words', () => {
  assert.equal(digits('15.000'), 15000)
  assert.equal(digits('15 000'), 15000)
  assert.equal(digits('15 nghìn'), null)
  assert.equal(digits(''), null)
})

test('a sum of digits that is beyond all money is told apart from one that is no number', () => {
  for (const sum of ['0', '50.000', '1 000 000 000 000']) assert.equal(sumFault(sum), null)
  for (const sum of ['', '50 nghìn', '-1', '1,5']) assert.equal(sumFault(sum), 'none')
  for (const sum of ['1.000.000.000.001', '123456789012345', '9'.repeat(40)]) assert.equal(sumFault(sum), 'big')
})

test('the sum counts what can be read', () => {
  const lines = [
    { ...emptyLine(1), quantity: '3', unit: '8.000' },
    { ...emptyLine(2), unit: 'x' },
  ]

  assert.equal(sumOf(lines), 24000)
})

test('what is sent holds whole numbers and tidy words', () => {
  const line = { ...emptyLine(1), name: ' Lệ phí ', quantity: '3', unit: '8.000', law: ' NQ 12 ' }

  assert.deepEqual(quoteBody([line]), {
    lines: [{ name: 'Lệ phí', kind: 'le_phi', quantity: 3, unit_amount: 8000, law: 'NQ 12' }],
  })
})
