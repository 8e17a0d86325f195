import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition } from '../form/definition.ts'
import { newDossier } from './dossier.ts'
import { carried, changes } from './new-form.ts'

const DAY = '2026-11-27'
const UNIT = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }

const form = (version: string, fields: object[], amount: number, papers: string[], words: string): Definition =>
  ({
    code: 'p',
    version,
    title: `Mẫu ${version}`,
    steps: [{ id: 'mot', title: 'Một', fields }],
    papers: papers.map((id) => ({ id, name: `Giấy ${id}`, kind: 'upload', required: 'optional', max_files: 1 })),
    fee: { items: [{ id: 'f', amount }], exemptions: [] },
    consents: [{ id: 'cam_doan', version: words, words: 'Tôi cam đoan' }],
  }) as unknown as Definition

const name = { id: 'ten', kind: 'name', label: 'Tên', required: true }
const copies = (max: number) => ({ id: 'ban', kind: 'number', label: 'Mấy bản', required: true, min: 1, max })
const old = { id: 'cu', kind: 'text', label: 'Số hộ khẩu', required: false }
const fresh = { id: 'moi', kind: 'yes_no', label: 'Nhận qua bưu điện', required: true }

const BEFORE = form('1', [name, copies(9), old], 8000, ['a'], '1')
const AFTER = form('2', [name, copies(2), fresh], 10_000, ['a', 'b'], '2')

const draft = {
  ...newDossier({ procedure: 'p', version: '1', title: 'Mẫu 1', unit: UNIT, qr: null, values: { ten: 'Lê Minh Khôi', ban: 3, cu: '12' } }, 0),
  consents: [{ id: 'cam_doan', version: '1', at: '2026-11-27T01:00:00Z' }],
}

test('what changed is named: to be answered again, gone, new, and the fee', () => {
  assert.deepEqual(changes(draft.values, BEFORE, AFTER, DAY), {
    again: ['Mấy bản'],
    gone: ['Số hộ khẩu'],
    asked: ['Nhận qua bưu điện'],
    papers: ['Giấy b'],
    fee: true,
  })
})

test('every answer that still fits is kept, and a declaration of other words is asked again', () => {
  const after = carried(draft, BEFORE, AFTER, DAY)

  assert.deepEqual(after.values, { ten: 'Lê Minh Khôi' })
  assert.deepEqual([after.version, after.consents, after.sending.manifest], ['2', [], null])
  assert.deepEqual([after.id, after.key, after.pages], [draft.id, draft.key, draft.pages])
})

test('a tier, a ceiling, a unit or a condition of the price is a change of the fee, a note is none', () => {
  const priced = (more: object): Definition =>
    ({ ...BEFORE, fee: { items: [{ id: 'f', amount: 8000, ...more }], exemptions: [] } }) as unknown as Definition
  const told = (more: object): boolean => changes(draft.values, BEFORE, priced(more), DAY).fee

  for (const more of [
    { per: { answer: 'ban' } },
    { then: [{ above: 2, amount: 1000 }] },
    { most: 200_000 },
    { unit: 'trang' },
    { when: { answer: 'ban', above: 2 } },
    { quantity: { answer: 'ban' } },
  ])
    assert.equal(told(more), true, JSON.stringify(more))
  assert.equal(told({ note: 'Nộp tại quầy', quantity: null, when: null }), false)
})

test('the same form under another number changes nothing', () => {
  const same = { ...BEFORE, version: '1b' }
  const nothing = { again: [], gone: [], asked: [], papers: [], fee: false }

  assert.deepEqual(changes(draft.values, BEFORE, same, DAY), nothing)
  assert.deepEqual(carried(draft, BEFORE, same, DAY).values, draft.values)
  assert.deepEqual(carried(draft, BEFORE, same, DAY).consents, draft.consents)
})

test('what is only half typed is no reason to take it away', () => {
  const values = { ...draft.values, ten: '', ban: 99 }

  assert.deepEqual(changes(values, BEFORE, AFTER, DAY).again, [])
  assert.equal(carried({ ...draft, values }, BEFORE, AFTER, DAY).values['ban'], 99)
})
