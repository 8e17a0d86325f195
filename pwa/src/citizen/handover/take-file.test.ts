import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { beforeEach, mock, test } from 'node:test'

import { newDossier, type Dossier } from '../../drafts/dossier.ts'
import { lock, type Unlocked } from '../../drafts/locked-file.ts'
import type { Definition } from '../../form/definition.ts'

// One tab alone: a channel to others would keep the process waiting for them.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
const { book } = await import('../../drafts/book.ts')
const { official } = await import('../form/official.ts')
const { openFile, take } = await import('./take-file.ts')

const UNIT = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }
const PHOTO = new Uint8Array([0xff, 0xd8, 0xff, ...new Array<number>(20).fill(1)])
const SHA = createHash('sha256').update(PHOTO).digest('hex')

// What was read just now is remembered for half a minute, which no test waits for.
mock.timers.enable({ apis: ['setTimeout'] })

let round = 0
let version = ''
/** What the office answers when it is asked for a form; null without network. */
let office: (() => Response) | null = null

beforeEach(() => {
  version = `v${++round}`
  office = null
  mock.restoreAll()
  mock.method(globalThis, 'fetch', async () => {
    if (office === null) throw new TypeError('network')
    return office()
  })
})

const form = (title: string, more: object = {}): Definition =>
  ({ code: 'p', version, title, unit: UNIT, steps: [], papers: [], consents: [], ...more }) as unknown as Definition

const answering = (body: unknown, status = 200) => () =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })

const draft = (more: Partial<Dossier> = {}): Dossier => ({
  ...newDossier({ procedure: 'p', version, title: 'Trích lục', unit: UNIT, qr: null, values: {} }, 0),
  pages: { giay: [{ sha256: SHA, size: PHOTO.length, media_type: 'image/jpeg', name: 'a.jpg', original: false }] },
  ...more,
})

const inside = (definition: Definition, dossier = draft()): Unlocked => ({
  dossier,
  definition,
  files: [{ sha256: SHA, file: { bytes: PHOTO.buffer, mediaType: 'image/jpeg' } }],
})

const titleFor = async (dossier: Dossier): Promise<string | undefined> => (await book.definition(dossier))?.title

test('the form is the office\'s own wherever it can be asked', async () => {
  office = answering(form('Mẫu của phường'))
  const found = inside(form('Mẫu lạ'))

  const kept = await take(found, 5)

  assert.ok(typeof kept !== 'string')
  assert.deepEqual([await titleFor(kept), kept.borrowed], ['Mẫu của phường', undefined])
  assert.deepEqual((await book.bytes(kept.id, SHA))?.bytes, PHOTO.buffer)
})

test('without network the form of the file is this draft\'s alone, until the office gives its own', async () => {
  const kept = await take(inside(form('Mẫu trong tệp')), 5)
  assert.ok(typeof kept !== 'string')

  assert.deepEqual([await titleFor(kept), kept.borrowed], ['Mẫu trong tệp', true])
  assert.equal(await titleFor(draft()), undefined)

  assert.equal(await official(kept), null)
  assert.equal(book.get(kept.id)?.borrowed, true)

  office = answering(form('Mẫu của phường'))
  mock.timers.tick(1)
  await official(kept)

  assert.deepEqual([await titleFor(kept), book.get(kept.id)?.borrowed], ['Mẫu của phường', false])
})

test('an office that is out of order, or a stranger\'s answer, is no network', async () => {
  for (const answer of [answering({}, 503), answering(null), answering(form('Mẫu khác', { code: 'khac' }))]) {
    office = answer
    version += 'x'
    const kept = await take(inside(form('Mẫu trong tệp')), 5)
    assert.ok(typeof kept !== 'string')
    assert.equal(kept.borrowed, true)
  }
})

test('a form that the office does not have is refused, and so is one that is another\'s', async () => {
  office = answering({ type: '/problems/not-found', title: '', status: 404 }, 404)
  assert.equal(await take(inside(form('Mẫu lạ')), 5), 'wrong')

  const genuine = draft({ version: 'thật' })
  await book.putDefinition(form('Mẫu thật', { version: 'thật' }))
  office = null
  mock.timers.tick(1)
  for (const other of [{ version: 'thật' }, { code: 'khac' }, { unit: { code: 'khac', name: 'x' } }, { unit: null }, { steps: null }])
    assert.equal(await take(inside(form('Mẫu lạ', other)), 5), 'wrong', JSON.stringify(other))
  assert.equal(await titleFor(genuine), 'Mẫu thật')
})

test('what is here already is not written over', async () => {
  const here = draft()
  await book.add(here)

  assert.equal(await take(inside(form('Mẫu'), { ...here, values: { ten: 'Người khác' } }), 5), 'here')
  assert.equal(book.get(here.id), here)
})

test('bytes that the draft does not name are not kept', async () => {
  const kept = await take(inside(form('Mẫu'), draft({ pages: {} })), 5)

  assert.ok(typeof kept !== 'string')
  assert.equal(await book.bytes(kept.id, SHA), null)
})

test('on a full phone nothing half stays', async () => {
  const found = inside(form('Mẫu'))
  mock.method(book, 'add', () => Promise.reject(new DOMException('full', 'QuotaExceededError')))

  assert.equal(await take(found, 5), 'full')
  assert.equal(book.get(found.dossier.id), null)
  assert.equal(await book.bytes(found.dossier.id, SHA), null)
  assert.equal(await titleFor({ ...found.dossier, borrowed: true }), undefined)
})

test('a file that is too large is not read', async () => {
  const arrayBuffer = (): Promise<ArrayBuffer> => Promise.reject(new Error('read'))

  assert.equal(await openFile({ size: 71 * 1024 * 1024, arrayBuffer }, '1'), 'foreign')
  assert.equal(await openFile(null, '1'), 'nothing')
})

test('a locked file is opened with its digits and waits for the person to send it', async () => {
  const sending = { ...draft().sending, goal: 'submit' as const }
  const bytes = await lock(inside(form('Mẫu'), draft({ sending })), '1234567890123456')

  const kept = await openFile(new Blob([bytes]) as File, '1234 5678 9012 3456')

  assert.ok(typeof kept !== 'string')
  assert.equal(book.get(kept.id)?.sending.goal, 'none')
})
