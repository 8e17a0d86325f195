import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Status, Supplement } from '../api/schema.ts'
import { newDossier, type Dossier, type Page } from './dossier.ts'
import { begun, changeOf, isUnsent, sentBefore } from './supplement.ts'

const page = (sha256: string, media_type = 'image/jpeg'): Page => ({
  sha256,
  size: 10,
  media_type,
  name: `${sha256}.jpg`,
  original: false,
})

const sent = ({ original: _, ...file }: Page) => file

function dossier(pages: Dossier['pages']): Dossier {
  const unit = { code: 'om-long-hung', name: 'UBND phường Long Hưng' }
  return { ...newDossier({ procedure: 'p', version: 'v', title: 't', unit, qr: null, values: { muc_dich: 'x' } }, 0), pages }
}

const asked = (papers: Supplement['papers']): Supplement => ({
  id: 's1',
  by: 'officer',
  reason: null,
  until: null,
  items: [
    { paper: 'uy_quyen', words: 'Trang 2 mờ' },
    { field: 'muc_dich', words: 'Ghi rõ' },
  ],
  papers,
})

test('an answer begins with the pages sent before, so that the good ones are not taken anew', () => {
  const own = dossier({ uy_quyen: [page('aa'), page('bb')] })

  const { supplement } = begun(own, asked([{ paper: 'uy_quyen', files: [sent(page('aa')), sent(page('bb'))] }]))

  assert.deepEqual(supplement?.pages, own.pages)
  assert.deepEqual(supplement?.values, { muc_dich: 'x' })
})

test('a phone that never had the photos begins with what the ward has', () => {
  const papers = [{ paper: 'uy_quyen', files: [sent(page('aa')), sent(page('cc', 'image/heic'))] }]

  const { supplement } = begun(dossier({}), asked(papers))

  assert.deepEqual(
    supplement?.pages['uy_quyen']?.map(({ sha256, original }) => [sha256, original]),
    [['aa', false], ['cc', true]],
  )
})

test('what an earlier answer has replaced does not come back', () => {
  const own = dossier({ uy_quyen: [page('aa')] })

  const pages = sentBefore(own, asked([{ paper: 'uy_quyen', files: [sent(page('bb'))] }]), 'uy_quyen')

  assert.deepEqual(pages.map(({ sha256 }) => sha256), ['bb'])
})

test('an answer that was begun goes on as it is', () => {
  const once = begun(dossier({}), asked([]))

  assert.equal(begun(once, asked([{ paper: 'uy_quyen', files: [] }])), once)
})

/** What becomes of the paper when the answer holds these pages. */
function changed(...pages: Page[]): string {
  const own = dossier({ uy_quyen: [page('aa'), page('bb')] })
  const request = asked([{ paper: 'uy_quyen', files: [sent(page('aa')), sent(page('bb'))] }])
  const draft = begun(own, request).supplement
  assert.ok(draft)
  return changeOf(own, request, { ...draft, pages: { uy_quyen: pages } }, { paper: 'uy_quyen', words: '' })
}

test('a page beside all the old ones is not a page instead of one', () => {
  assert.equal(changed(page('aa'), page('bb')), 'same')
  assert.equal(changed(page('aa'), page('bb'), page('cc')), 'added')
  assert.equal(changed(page('aa'), page('cc')), 'other')
  assert.equal(changed(page('bb'), page('aa')), 'other')
})

test('an answer lies unsent from its first change until the ward has it', () => {
  const request = asked([])
  const whole = { ...dossier({ uy_quyen: [page('aa')] }), status: { state: 'supplement_requested', supplement: request } as Status }
  const fresh = begun(whole, request)
  const draft = fresh.supplement
  assert.ok(draft)
  const mended = { ...fresh, supplement: { ...draft, values: { muc_dich: 'y' } } }

  assert.equal(isUnsent(whole), false)
  assert.equal(isUnsent(fresh), false)
  assert.equal(isUnsent(mended), true)
  assert.equal(isUnsent({ ...mended, status: { ...mended.status, supplement: null } as Status }), false)
})
