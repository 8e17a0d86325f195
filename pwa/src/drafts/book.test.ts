import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from '../form/definition.ts'
import { newDossier, titleOf } from './dossier.ts'

// One tab alone: a channel to others would keep the process waiting for them.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
const { book } = await import('./book.ts')

const UNIT = { code: 'om-long-hung', name: 'Phường Long Hưng' }

/** Enough of a definition to tell it from others; the tests ask for nothing more. */
const form = (version: string, title: string, language?: 'en'): Definition =>
  ({ code: '2.000635', version, title, unit: UNIT, ...(language && { language }) }) as unknown as Definition

const draft = (version: string) =>
  newDossier({ procedure: '2.000635', version, title: 'Trích lục', unit: UNIT, qr: null, values: {} }, 0)

test('a draft keeps the form it was begun with when a new version comes', async () => {
  const begun = draft('a')
  await book.putDefinition(form('a', 'Mẫu cũ'))
  await book.add(begun)

  await book.putDefinition(form('b', 'Mẫu mới'))

  assert.equal((await book.definition(begun))?.title, 'Mẫu cũ')
  assert.equal((await book.definition(draft('b')))?.title, 'Mẫu mới')
})

test('a form is kept in each language, and one stands in for the other', async () => {
  await book.putDefinition(form('c', 'Extract', 'en'))

  assert.equal((await book.definition(draft('c'), 'vi'))?.title, 'Extract')

  await book.putDefinition(form('c', 'Trích lục'))

  assert.equal((await book.definition(draft('c'), 'vi'))?.title, 'Trích lục')
  assert.equal((await book.definition(draft('c'), 'en'))?.title, 'Extract')
})

test('a dossier is called in the language that is spoken, where its title was read in it', () => {
  const begun = { ...draft('a'), titles: { en: 'Extract' } }

  assert.equal(titleOf(begun, 'en'), 'Extract')
  assert.equal(titleOf(begun, 'vi'), 'Trích lục')
})

test('the dossier that was filled in or sent last stands first', async () => {
  const [older, newer, between] = [1, 3, 2].map((savedAt) => ({ ...draft('d'), savedAt }))
  for (const one of [older, newer, between]) if (one !== undefined) await book.add(one)

  const listed = book.list().filter(({ savedAt }) => savedAt > 0)

  assert.deepEqual(listed, [newer, between, older])
})
