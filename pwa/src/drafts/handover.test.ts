import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from '../form/definition.ts'
import { manifestOf, type Manifest } from '../form/manifest.ts'
import { isApart, newDossier, type Dossier } from './dossier.ts'
import { next, type Parcel } from './sending.ts'
import { newSending } from './new-sending.ts'

// One tab alone: a channel to others would keep the process waiting for them.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
const { adopted, differences, insisted, sameManifest, valuesOf } = await import('./handover.ts')

const TODAY = '2026-11-27'
const UNIT = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }

/** Filed for oneself or by an authorised person; the owner's name is asked in each case once. */
const FORM = {
  code: '2.000635',
  version: 'v1',
  submitter_when: { answer: 'ai', is: 'uy_quyen' },
  steps: [
    {
      id: 'mot',
      title: 'Ai?',
      fields: [
        { id: 'ai', kind: 'choice', label: 'Nộp cho ai', required: true, options: [{ id: 'minh' }, { id: 'uy_quyen' }] },
        { id: 'ten', kind: 'name', label: 'Tên bạn', required: true, is: 'requester.name' },
        { id: 'chu', kind: 'name', label: 'Tên người ủy quyền', required: true, is: 'owner.name', when: { answer: 'ai', is: 'uy_quyen' } },
        { id: 'bao_nhieu', kind: 'number', label: 'Mấy bản', required: true },
        { id: 'gap', kind: 'yes_no', label: 'Cần gấp', required: false },
      ],
    },
  ],
  papers: [{ id: 'giay', name: 'Giấy ủy quyền', kind: 'upload', required: 'optional', max_files: 3 }],
  consents: [],
} as unknown as Definition

const begun = (values: Dossier['values']): Dossier =>
  newDossier({ procedure: '2.000635', version: 'v1', title: 't', unit: UNIT, qr: null, values }, 0)

const manifest = (values: Dossier['values'], files: string[] = []): Manifest => {
  const papers = { giay: files.map((sha256) => ({ sha256, size: 9, media_type: 'image/jpeg', name: 'a.jpg' })) }
  return manifestOf(FORM, { unit: UNIT.code, qr: null, values, consents: [], papers }, TODAY)
}

const AUTHORISED = { ai: 'uy_quyen', ten: 'Trần Văn Lành', chu: 'Nguyễn Thị Bé Tư', bao_nhieu: 3, gap: false }

for (const [name, values] of [
  ['for oneself', { ai: 'minh', ten: 'Lê Minh Khôi', bao_nhieu: 1, gap: true }],
  ['by an authorised person', AUTHORISED],
] as const) {
  test(`answers filed ${name} come back from the manifest as they were given`, () => {
    assert.deepEqual(valuesOf(FORM, manifest(values), TODAY), values)
  })
}

test('an own name is not put into the question for another person', () => {
  const values = valuesOf(FORM, manifest({ ai: 'minh', ten: 'Lê Minh Khôi', bao_nhieu: 1 }), TODAY)

  assert.equal('chu' in values, false)
})

test('the same content is no change, however each side writes it', () => {
  const here = { owner: { name: 'Bé Tư' }, consents: [{ at: '2026-11-27T01:00:00.000Z' }], submitter: null, answers: { gap: false } }
  const there = { example: false, qr: null, answers: { gap: false }, consents: [{ at: '2026-11-27T08:00:00+07:00' }], owner: { phone: null, name: 'Bé Tư'.normalize('NFD') } }

  assert.equal(sameManifest(there, here), true)
  assert.equal(sameManifest({ ...there, answers: { gap: true } }, here), false)
  assert.equal(sameManifest({ ...there, answers: {} }, here), false)
})

test('a draft that is taken over knows which photos are at the office, and what it stands on', () => {
  const kept = { manifest: manifest(AUTHORISED, ['aa', 'bb']), files: [{ sha256: 'aa', size: 9, offset: 9 }, { sha256: 'bb', size: 9, offset: 4 }] }

  const there = adopted({ ...begun({}), shared: true }, FORM, kept, '"7"')

  assert.deepEqual(there.values, AUTHORISED)
  assert.deepEqual(there.pages['giay']?.map(({ sha256 }) => sha256), ['aa', 'bb'])
  assert.deepEqual([there.sending.files['aa']?.have, there.sending.files['bb']?.have], [9, 4])
  assert.deepEqual([there.sending.edition, there.shared], ['"7"', true])
})

test('what differs is named in the words of the form, and keeping mine changes no answer', () => {
  const mine = begun({ ...AUTHORISED, bao_nhieu: 5 })
  const kept = { manifest: manifest(AUTHORISED, ['aa']), files: [] }

  assert.deepEqual(differences(mine, FORM, kept), ['Mấy bản', 'Giấy ủy quyền'])
  const after = insisted(mine, kept, '"8"')
  assert.deepEqual([after.values, after.sending.edition, after.sending.stop], [mine.values, '"8"', null])
})

test('a draft that is handed over is kept whole, its photos too, and never handed in', () => {
  const parcel: Parcel = { digest: 'm', files: [{ sha256: 'aa', size: 9 }] }
  const shared = { ...newSending(), goal: 'share' as const }
  const there = { ...shared, manifest: 'm', files: { aa: { size: 9, have: 9, check: null, stuck: 0, mismatches: 0 } } }

  assert.deepEqual(next(shared, parcel, 0), { do: 'put-manifest' })
  assert.deepEqual(next({ ...shared, manifest: 'm' }, parcel, 0), { do: 'ask', sha256: 'aa' })
  assert.deepEqual(next(there, parcel, 0), { do: 'rest' })
})

test('a locked file guards the draft like an agreement, and agrees to nothing', () => {
  const carried = { ...begun(AUTHORISED), carried: true }
  const kept = { manifest: manifest(AUTHORISED), files: [] }
  const stop = { slug: 'stale-draft', title: '', trace: null, errors: [] }

  assert.equal(isApart({ ...carried, sending: { ...carried.sending, stop } }), true)
  assert.equal(adopted(carried, FORM, kept, '"7"').shared, undefined)
  assert.equal(insisted(carried, kept, '"7"').shared, undefined)
})
