/** The vectors that the server's tests run too: both find the same, in the same order. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import type { Listed, SearchWords } from '../../api/schema.ts'
import { find, placeOf } from './search.ts'

type Line = Pick<Listed, 'code' | 'name' | 'title' | 'summary' | 'keywords' | 'field'>

interface Vectors {
  lines: Record<string, Line>
  ranks: { name: string; line: string; typed: string; expect: number | null }[]
  finds: { typed: string; codes: string[]; near: boolean; elsewhere: string[] }[]
}
interface Listing {
  items: Line[]
  words: SearchWords
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../../procedures/vectors/${name}.json`, import.meta.url), 'utf8'))
const { lines, ranks, finds } = read('search') as Vectors
const listing = read('listing') as Listing

for (const { name, line, typed, expect } of ranks) {
  test(`a line fits as on the server: ${name}`, () => {
    assert.equal(placeOf(lines[line]!, typed, listing.words.fillers), expect)
  })
}

for (const { typed, ...expect } of finds) {
  test(`what people type finds the same as on the server: ${typed}`, () => {
    const { lines: found, near, elsewhere } = find(listing.items, typed, listing.words)

    assert.deepEqual({ codes: found.slice(0, 3).map(({ code }) => code), near, elsewhere: elsewhere.map(({ id }) => id) }, expect)
  })
}

test('a list that was kept before there were fillers is searched all the same', () => {
  assert.deepEqual(find(listing.items, 'qua đời', {}).lines.map(({ code }) => code), ['1.000656'])
})

test('all that was typed belongs to another office, or a part of it', () => {
  const rest = (typed: string): boolean => find(listing.items, typed, listing.words).rest

  assert.equal(rest('cấp lại căn cước cho con'), false)
  assert.equal(rest('kinh doanh nhà đất'), true)
})
