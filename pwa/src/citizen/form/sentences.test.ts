import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { doubtsOf, faultsOf } from '../../form/check.ts'
import type { Field, Value } from '../../form/definition.ts'
import { sentence } from './sentences.ts'

interface Vector {
  name: string
  field: Field
  value: Value | null
  today: string
  expect: { code: string; message_vi: string }[]
  doubts?: { message_vi: string }[]
}

/** Codes of values that only a broken or foreign program can send. */
const NEVER_TYPED = ['shape', 'unknown', 'row']

const file = new URL('../../../../procedures/vectors/fields.json', import.meta.url)
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Vector[]

for (const { name, field, value, today, expect } of vectors) {
  if (expect.length === 0 || expect.some(({ code }) => NEVER_TYPED.includes(code))) continue
  test(`the phone says what the server says: ${name}`, () => {
    const found = faultsOf(field, value ?? undefined, today)

    assert.deepEqual(
      found.map(sentence),
      expect.map(({ message_vi }) => message_vi),
    )
  })
}

for (const { name, field, value, today, doubts } of vectors) {
  if (doubts === undefined) continue
  test(`what may be a slip is asked about in words: ${name}`, () => {
    const found = doubtsOf(field, value ?? undefined, today)

    assert.deepEqual(
      found.map(sentence),
      doubts.map(({ message_vi }) => message_vi),
    )
  })
}
