/** The vectors that the server's tests run too: both sides give the same verdicts, in the same words. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { valueFaults } from './check.ts'
import { holds } from './conditions.ts'
import type { Condition, Field, Value, Values } from './definition.ts'

const load = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../procedures/vectors/${name}`, import.meta.url), 'utf8'))

interface FieldVector {
  name: string
  field: Field
  value: Value | null
  today: string
  expect: { pointer: string; code: string }[]
}

interface ConditionVector {
  name: string
  condition: Condition
  answers: Values
  today: string
  expect: boolean
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

for (const { name, condition, answers, today, expect } of load('conditions.json') as ConditionVector[]) {
  test(`a condition holds as on the server: ${name}`, () => {
    assert.equal(holds(condition, answers, today), expect)
  })
}
