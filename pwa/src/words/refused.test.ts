import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'

import { english } from './refused.en.ts'
import { refusal } from './refused.ts'
import { speak } from './say.ts'

interface Document {
  paths: Record<string, Record<string, { responses?: Record<string, { description: string }> }>>
}

/** Calls of desks, and calls that no person makes. */
const NOT_CITIZENS = /^\/(health|api\/v1\/(workbench|targets|session|me|payments))/

/** The names of all refusals that a citizen's calls declare. */
function declared(): Set<string> {
  const api = JSON.parse(readFileSync(new URL('../../../docs/openapi.json', import.meta.url), 'utf8')) as Document
  const calls = Object.entries(api.paths).filter(([path]) => !NOT_CITIZENS.test(path))
  const answers = calls.flatMap(([, methods]) => Object.values(methods).flatMap(({ responses = {} }) => Object.entries(responses)))
  return new Set(answers.flatMap(([status, { description }]) => (Number(status) < 400 ? [] : description.split(', '))))
}

test('every refusal that a citizen may meet has its English sentence', () => {
  assert.ok(declared().has('papers-missing'))
  assert.deepEqual([...declared()].filter((slug) => !(slug in english)), [])
})

test('an English sentence of a refusal says what to do, without begging or shouting', () => {
  for (const [slug, text] of Object.entries(english)) {
    assert.match(text, /^[A-Z][^!]+\.$/, slug)
    assert.doesNotMatch(text, /please|invalid|upload|sync|submit/i, slug)
  }
})

test('a refusal is told in the language of the page, in Vietnamese where no English is there', async () => {
  const title = 'Chờ một lúc rồi thử lại.'
  assert.equal(refusal('too-many', title), title)

  await speak('en').catch(() => undefined)

  assert.equal(refusal('too-many', title), 'Too many tries. Wait a while, then try again.')
  assert.equal(refusal('of-tomorrow', title), title)
})
