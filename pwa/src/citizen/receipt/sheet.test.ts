import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DossierState, Status } from '../../api/schema.ts'
import { newDossier, type Page } from '../../drafts/dossier.ts'
import type { Proof } from '../../drafts/proof.ts'
import type { Definition } from '../../form/definition.ts'
import { filesNamed, promisedAt, sheetOf } from './sheet.ts'

const PAPERS = { papers: [{ id: 'uy_quyen', name: 'Văn bản ủy quyền theo quy định' }] } as unknown as Pick<Definition, 'papers'>
const SHA = 'abcdef0123456789'.repeat(4)
const unit = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }

const begun = newDossier(
  { procedure: '2.000635', version: 'v1', title: 'Bản sao trích lục hộ tịch', unit, qr: null, values: { nyc_ho_ten: 'Trần Văn Lành', nyc_dien_thoai: '0900000523' } },
  0,
)
const proof = {
  code: 'ABCD2345EFGH6',
  trackDigits: '0417',
  receipt: { at: '2026-11-20T09:00:00+07:00', files: [{ sha256: SHA, size: 300_000, name: 'IMG_1.jpg' }] },
  obligation: { state: 'open', amount: 8000, due: null },
  token: 'a.b.c',
} as unknown as Proof
const dossier = { ...begun, proof, pages: { uy_quyen: [{ sha256: SHA } as Page] } }

const sheet = sheetOf(dossier, proof, PAPERS, 'https://motcua.example')
const words = sheet.map((piece) => ('text' in piece ? piece.text : piece.code)).join('\n')

test('the picture of a receipt says what was received, where, when, and what is owed', () => {
  for (const part of ['UBND phường Long Hưng', 'ABCD 2345 EFGH6', '09:00 ngày 20/11/2026', '0417', '8.000\u00a0đ', 'trang 1', 'ABCD EF01'])
    assert.ok(words.includes(part), part)
})

test('a date is promised while a result is to come, and no longer', () => {
  const due_at = '2026-11-20T17:00:00+07:00'
  const at = (state: DossierState): string | null => promisedAt({ state, due_at, expected_at: null } as Status)

  assert.equal(at('accepted'), due_at)
  for (const state of ['declined', 'withdrawn', 'stopped', 'expired', 'result_ready', 'returned'] as const) assert.equal(at(state), null, state)
})

test('its codes follow the dossier and prove the receipt', () => {
  assert.deepEqual(
    sheet.flatMap((piece) => ('code' in piece ? [piece.code] : [])),
    ['https://motcua.example/tra-cuu#ABCD2345EFGH6', 'https://motcua.example/v#a.b.c'],
  )
})

test('it names nobody and opens nothing', () => {
  for (const secret of ['Trần Văn Lành', '0900000523', dossier.key, dossier.id]) assert.ok(!words.includes(secret), secret)
})

test('a photo that is a page of two papers is named by both', () => {
  const files = [1, 2].map(() => ({ sha256: SHA, size: 300_000, name: 'IMG_1.jpg' }))
  const twice = { ...proof, receipt: { ...proof.receipt, files } }
  const pages = { a: [{ sha256: SHA } as Page], b: [{ sha256: SHA } as Page] }
  const papers = [{ id: 'a', name: 'Giấy một' }, { id: 'b', name: 'Giấy hai' }] as unknown as Definition['papers']

  assert.deepEqual(filesNamed(twice, pages, { papers }).map(({ name }) => name), ['Giấy một, trang 1', 'Giấy hai, trang 1'])
})
