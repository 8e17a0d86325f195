import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from '../form/definition.ts'
import { newDossier } from './dossier.ts'
import { draftOf, inGroups, lock, newDigits, unlock, type Unlocked } from './locked-file.ts'

const UNIT = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }
const photo = (...bytes: number[]) => ({ bytes: new Uint8Array(bytes).buffer, mediaType: 'image/jpeg' })

const inside: Unlocked = {
  dossier: newDossier({ procedure: 'p', version: 'v', title: 'Trích lục', unit: UNIT, qr: null, values: { ten: 'Bé Tư' } }, 0),
  definition: { code: 'p', version: 'v' } as unknown as Definition,
  files: [
    { sha256: 'aa', file: photo(1, 2, 3) },
    { sha256: 'bb', file: photo(4) },
  ],
}

test('what was locked opens with the same digits, however they are grouped', async () => {
  const digits = newDigits()
  const file = await lock(inside, digits)

  const found = await unlock(file.buffer, ` ${inGroups(digits)} `)

  assert.match(digits, /^\d{16}$/)
  assert.deepEqual(found, inside)
})

test('other digits, and a file changed at any place, open nothing', async () => {
  const digits = newDigits()
  const file = await lock(inside, digits)
  const other = digits.replace(/.$/, (last) => String((Number(last) + 1) % 10))

  assert.equal(await unlock(file.buffer, other), 'wrong')
  for (const at of [9, 25, 40, file.length - 1]) {
    const bad = file.slice()
    bad[at] = (bad[at] ?? 0) ^ 1
    assert.equal(await unlock(bad.buffer, digits), 'wrong')
  }
  assert.equal(await unlock(file.slice(0, -1).buffer, digits), 'wrong')
})

test('nothing of the person can be read in the file', async () => {
  const text = new TextDecoder('latin1').decode(await lock(inside, newDigits()))

  for (const word of [inside.dossier.key, inside.dossier.id, 'Trích', 'om-long-hung']) assert.equal(text.includes(word), false)
})

test('a photo or an empty file is none of ours', async () => {
  assert.equal(await unlock(new ArrayBuffer(0), '1'), 'foreign')
  assert.equal(await unlock(new Uint8Array(5000).fill(0xff).buffer, '1'), 'foreign')
})

test('a file brings a draft and nothing more: no receipt, no state, no foreign address', () => {
  const { dossier } = inside
  const claimed = { ...dossier, proof: { code: 'C7KQ4XRT9MHD2' }, status: { state: 'returned' } } as unknown as typeof dossier

  const draft = draftOf({ ...inside, dossier: claimed }, 5)

  assert.deepEqual([draft?.id, draft?.key, draft?.values], [dossier.id, dossier.key, dossier.values])
  assert.deepEqual([draft?.proof, draft?.status, draft?.shared], [null, null, true])
  assert.equal(draftOf({ ...inside, dossier: { ...dossier, id: '../../session' } }, 5), null)
  assert.equal(draftOf({ ...inside, dossier: { ...dossier, key: 'short' } }, 5), null)
})

test('a dossier that waited to be sent goes on waiting, from where the office stands', () => {
  const waiting = { ...inside.dossier, sending: { ...inside.dossier.sending, goal: 'submit' as const, edition: '"3"', failures: 9 } }

  const draft = draftOf({ ...inside, dossier: waiting }, 5)

  assert.deepEqual([draft?.sending.goal, draft?.sending.edition, draft?.sending.failures], ['submit', '"3"', 0])
})

test('no two dossiers get the same digits', () => {
  const all = new Set(Array.from({ length: 500 }, newDigits))

  assert.equal(all.size, 500)
})
