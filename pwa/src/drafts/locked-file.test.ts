import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'

import type { Definition } from '../form/definition.ts'
import { newDossier } from './dossier.ts'
import { draftOf, inGroups, lock, newDigits, unlock, type Unlocked } from './locked-file.ts'

const UNIT = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }
/** The beginning of a JPEG is all that tells one. */
function photo(...bytes: number[]) {
  const all = new Uint8Array([0xff, 0xd8, 0xff, ...new Array<number>(12).fill(0), ...bytes])
  return { sha256: createHash('sha256').update(all).digest('hex'), file: { bytes: all.buffer, mediaType: 'image/jpeg' } }
}

const inside: Unlocked = {
  dossier: newDossier({ procedure: 'p', version: 'v', title: 'Trích lục', unit: UNIT, qr: null, values: { ten: 'Bé Tư' } }, 0),
  definition: { code: 'p', version: 'v' } as unknown as Definition,
  files: [photo(1, 2, 3), photo(4)],
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
  assert.deepEqual([draft?.proof, draft?.status, draft?.carried, draft?.shared], [null, null, true, undefined])
  assert.equal(draftOf({ ...inside, dossier: { ...dossier, id: '../../session' } }, 5), null)
  assert.equal(draftOf({ ...inside, dossier: { ...dossier, key: 'short' } }, 5), null)
})

test('a dossier that waited is a draft again: the person presses send where it was opened', () => {
  const waiting = { ...inside.dossier, sending: { ...inside.dossier.sending, goal: 'submit' as const, edition: '"3"', failures: 9 } }

  const draft = draftOf({ ...inside, dossier: waiting }, 5)

  assert.deepEqual([draft?.sending.goal, draft?.sending.edition, draft?.sending.failures], ['none', '"3"', 0])
})

const page = { sha256: 'ab'.repeat(32), size: 15, media_type: 'image/jpeg', name: 'a.jpg', original: false, hint: 'blur' }

test('answers, photos and declarations of every shape that we make come along', () => {
  const whole = {
    ...inside.dossier,
    values: { ten: 'Tư', so: 3, dung: true, o: { province: 'Cần Thơ', ward: '', street: 'x' }, con: [{ row: '1', ten: 'Năm' }] },
    consents: [{ id: 'cam_doan', version: '1', at: '2026-11-27T01:00:00Z' }],
    pages: { giay: [page] },
  }

  const draft = draftOf({ dossier: JSON.parse(JSON.stringify({ ...whole, pages: { giay: [{ ...page, more: 1 }] } })) }, 5)

  assert.deepEqual([draft?.values, draft?.consents, draft?.pages], [whole.values, whole.consents, whole.pages])
})

test('what has not the shape of a draft is none', () => {
  for (const wrong of [
    { pages: null },
    { pages: { giay: {} } },
    { pages: { giay: [{ ...page, sha256: '../x' }] } },
    { pages: { giay: [{ ...page, size: -1 }] } },
    { pages: { giay: [{ ...page, size: 1e12 }] } },
    { pages: { giay: [{ ...page, media_type: 'text/html' }] } },
    { values: [] },
    { values: { ten: { a: { b: { c: { d: 1 } } } } } },
    { values: { ten: 'x'.repeat(30_000) } },
    { values: { con: [1] } },
    { consents: {} },
    { consents: [{ id: 'cam_doan' }] },
    { unit: 'om-long-hung' },
    { unit: { code: 1, name: 'x' } },
    { version: 2 },
    { title: '' },
    { qr: {} },
    { sending: null },
    { sending: { edition: 3 } },
  ])
    assert.equal(draftOf({ dossier: { ...inside.dossier, ...wrong } }, 5), null, JSON.stringify(wrong).slice(0, 80))
  for (const none of [undefined, null, 'x', []]) assert.equal(draftOf({ dossier: none }, 5), null)
})

test('a photo that is not what its hash or its kind says makes the file a damaged one', async () => {
  const [one] = inside.files as [Unlocked['files'][number]]
  const digits = newDigits()
  const opened = async (files: Unlocked['files']) => unlock((await lock({ ...inside, files }, digits)).buffer, digits)

  assert.equal(await opened([{ ...one, sha256: photo(9).sha256 }]), 'wrong')
  assert.equal(await opened([{ ...one, file: { ...one.file, mediaType: 'text/html' } }]), 'wrong')
  assert.deepEqual(await opened([one]), { ...inside, files: [one] })
})

/** A file that opens with the digits, whatever stands in it. */
async function sealed(text: string, digits: string, length = new TextEncoder().encode(text).length): Promise<ArrayBuffer> {
  const head = new TextEncoder().encode('MOTCUA1\n' + 's'.repeat(16))
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(digits), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt: head.slice(8), iterations: 600_000 }
  const key = await crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])
  const iv = new Uint8Array(12)
  const plain = Buffer.concat([Buffer.from(new Uint32Array([length]).buffer).swap32(), Buffer.from(text)])
  const secret = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: head }, key, plain)
  return new Blob([head, iv, secret]).arrayBuffer()
}

test('sizes that the file does not have, and a list that is none, make it a damaged one', async () => {
  const digits = newDigits()
  for (const size of [2 ** 40, -3, null]) {
    const plain = JSON.stringify({ ...inside, files: [{ sha256: inside.files[0]?.sha256, size, mediaType: 'image/jpeg' }] })
    assert.equal(await unlock(await sealed(plain, digits), digits), 'wrong', String(size))
  }
  for (const plain of ['{', '{"files":7}']) assert.equal(await unlock(await sealed(plain, digits), digits), 'wrong', plain)
  assert.equal(await unlock(await sealed('{}', digits, 900), digits), 'wrong')
})

test('no two dossiers get the same digits', () => {
  const all = new Set(Array.from({ length: 500 }, newDigits))

  assert.equal(all.size, 500)
})
