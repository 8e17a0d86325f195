/** The vectors that the server's tests run too: both find the same, in the same order. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import type { Listed } from '../../api/schema.ts'
import { fits, rank, search } from './search.ts'

interface Vector {
  name: string
  listed: Pick<Listed, 'code' | 'name' | 'title' | 'summary' | 'keywords' | 'field'>
  typed: string
  expect: number | null
}

const vectors = JSON.parse(
  readFileSync(new URL('../../../../procedures/vectors/search.json', import.meta.url), 'utf8'),
) as Vector[]

for (const { name, listed, typed, expect } of vectors) {
  test(`a procedure is found as on the server: ${name}`, () => {
    assert.equal(rank(listed, typed), expect)
  })
}

test('what people call it comes before what only names it', () => {
  const line = (code: string, title: string, ...keywords: string[]) => ({ code, name: title, title, summary: [], keywords, field: { id: 'a', name: 'A' } })

  const found = search([line('1', 'Trích lục khai tử'), line('2', 'Đăng ký việc', 'khai tử'), line('3', 'Kết hôn')], 'Khai tử')

  assert.deepEqual(found.map(({ code }) => code), ['2', '1'])
})

test('a family is found by its title', () => {
  assert.equal(fits('Gia đình tôi vừa có người mất', 'nguoi mat'), true)
  assert.equal(fits('Gia đình tôi vừa có người mất', 'giấy mất'), false)
})
