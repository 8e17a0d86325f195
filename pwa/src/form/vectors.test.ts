/** The vectors that the server's tests run too: both sides give the same verdicts, in the same words. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { misfits } from './agreements.ts'
import { valueDoubts, valueFaults } from './check.ts'
import { holds } from './conditions.ts'
import type { Agreement, Condition, Derived, FeeItem, Field, Value, Values } from './definition.ts'
import { workOut } from './derived.ts'
import { sumOf } from './fee.ts'

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../procedures/vectors/${name}`, import.meta.url), 'utf8'))

interface FieldVector {
  name: string
  field: Field
  value: Value | null
  today: string
  expect: { pointer: string; code: string }[]
  doubts?: { pointer: string; code: string }[]
}

interface ConditionVector {
  name: string
  condition: Condition
  answers: Values
  today: string
  expect: boolean
}

interface FeeVector {
  name: string
  items: FeeItem[]
  prices: { [item: string]: Pick<FeeItem, 'amount' | 'then' | 'most'> }
  answers: Values
  today: string
  expect: { amount: number | null; lines: [string, number, number | null, number | null][] }
}

interface DerivedVector {
  name: string
  derived: Derived
  values: Values
  today: string
  expect: string | null
}

for (const { name, field, value, today, expect } of load('fields.json') as FieldVector[]) {
  test(`a field judges as the server does: ${name}`, () => {
    const found = valueFaults(field, value ?? undefined, today)

    assert.deepEqual(
      found.map(({ code, inside }) => ({ pointer: inside, code })),
      expect.map(({ pointer, code }) => ({ pointer, code })),
    )
  })
}

for (const { name, field, value, expect, doubts = [] } of load('fields.json') as FieldVector[]) {
  if (expect.length > 0) continue
  test(`what may be a slip is asked about, and nothing else: ${name}`, () => {
    const found = valueDoubts(field, value ?? undefined)

    assert.deepEqual(
      found.map(({ code, inside }) => ({ pointer: inside, code })),
      doubts.map(({ pointer, code }) => ({ pointer, code })),
    )
  })
}

for (const { name, condition, answers, today, expect } of load('conditions.json') as ConditionVector[]) {
  test(`a condition holds as on the server: ${name}`, () => {
    assert.equal(holds(condition, answers, today), expect)
  })
}

interface AgreementVector {
  name: string
  agreement: Agreement
  values: Values
  today?: string
  expect: string[]
}

for (const { name, agreement, values, today = '2026-11-22', expect } of load('agreements.json') as AgreementVector[]) {
  test(`answers fit each other as on the server: ${name}`, () => {
    assert.deepEqual(misfits(agreement, values, today), expect)
  })
}

for (const { name, items, prices, answers, today, expect } of load('fees.json') as FeeVector[]) {
  test(`a fee comes to what the server asks: ${name}`, () => {
    const unknown = { amount: null, law: null, verified: false }
    const priced = items.map((item) => ({ ...unknown, ...item, ...prices[item.id] }))

    const { lines, amount } = sumOf(priced, answers, today)

    const found = lines.map((line) => [line.item.id, line.quantity, line.each, line.amount])
    assert.deepEqual({ amount, lines: found }, expect)
  })
}

for (const { name, derived, values, today, expect } of load('derived.json') as DerivedVector[]) {
  test(`what is worked out is what the server works out: ${name}`, () => {
    assert.equal(workOut(derived, values, today), expect)
  })
}
