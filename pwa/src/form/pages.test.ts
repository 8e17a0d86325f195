import assert from 'node:assert/strict'
import { test } from 'node:test'

import { counted } from './conditions.ts'
import type { Definition, Field } from './definition.ts'
import { feeOf } from './fee.ts'
import { fieldAt, manifestOf, paperAt } from './manifest.ts'
import { firstOpen, obstacles } from './open.ts'
import { mostPages, pageAfter, pagesOf, papersWanted, stopOf } from './pages.ts'

const TODAY = '2026-11-22'

const choice = (id: string, ...options: string[]): Field => ({
  id,
  kind: 'choice',
  label: id,
  required: true,
  options: options.map((option) => ({ id: option, label: option })),
})
const text = (id: string, more: Partial<Field> = {}): Field => ({
  id,
  kind: 'text',
  label: id,
  required: true,
  ...more,
})

const definition: Definition = {
  code: '2.000635',
  version: '0123456789abcdef',
  name: 'Cấp bản sao trích lục hộ tịch',
  title: 'Bản sao trích lục hộ tịch',
  summary: [],
  fileable: true,
  why_not: null,
  field: { id: 'ho-tich', name: 'Hộ tịch' },
  unit: { code: 'om-long-hung', name: 'Phường Long Hưng' },
  law: [],
  who: null,
  minutes: 3,
  submitter_when: { answer: 'cho', is: 'uy_quyen' },
  steps: [
    { id: 'cho_ai', title: 'Cho ai?', fields: [choice('cho', 'toi', 'uy_quyen')] },
    {
      id: 'ban',
      title: 'Bạn là ai?',
      fields: [
        text('ten', { kind: 'name', is: 'requester.name' }),
        text('dt', { kind: 'phone', is: 'requester.phone' }),
      ],
    },
    {
      id: 'chu',
      title: 'Ai ủy quyền?',
      when: { answer: 'cho', is: 'uy_quyen' },
      fields: [text('ten_chu', { kind: 'name', is: 'owner.name' }), text('vi_sao')],
    },
    {
      id: 'phu',
      title: 'Thêm',
      when: { answer: 'vi_sao', filled: true },
      fields: [text('them', { required: false })],
    },
    {
      id: 'may_ban',
      title: 'Mấy bản?',
      fields: [text('so', { kind: 'number', min: 1, max: 50 })],
    },
  ],
  papers: [
    {
      id: 'uy_quyen',
      name: 'Giấy ủy quyền',
      kind: 'upload',
      required: 'when',
      when: { answer: 'cho', is: 'uy_quyen' },
      max_files: 6,
    },
    { id: 'to_khai', name: 'Tờ khai', kind: 'form', required: 'always', max_files: 1 },
  ],
  fee: {
    items: [
      {
        id: 'ban_sao',
        name: 'Bản sao',
        kind: 'phi',
        quantity: { answer: 'so' },
        amount: 8000,
        law: 'Thông tư 281/2016/TT-BTC',
        verified: true,
      },
    ],
    exemptions: [],
  },
  deadline: null,
  consents: [],
  result: { name: 'Bản sao' },
  unverified: [],
  checked_on: null,
}

const AUTHORISED = {
  cho: 'uy_quyen',
  ten: 'Nguyễn  Thị Mận ',
  dt: '0900 000 417',
  ten_chu: 'Lê Văn Ẩn',
  vi_sao: 'ở xa',
  so: 3,
}
const FILLED = {
  unit: 'om-long-hung',
  qr: null,
  consents: [],
  papers: { uy_quyen: [{ sha256: 'aa', size: 1, media_type: 'image/jpeg', name: 'a.jpg' }] },
}
const none = (): number => 0

test('a page that is hidden is no page, so the number of steps tells the truth', () => {
  const own = pagesOf(definition, { cho: 'toi' }, TODAY).map((page) => page.id)
  const authorised = pagesOf(definition, AUTHORISED, TODAY).map((page) => page.id)

  assert.deepEqual(own, ['cho_ai', 'ban', 'may_ban', 'review'])
  assert.deepEqual(authorised, ['cho_ai', 'ban', 'chu', 'phu', 'may_ban', 'uy_quyen', 'review'])
})

test('the count shown before an answer is that of the longest way, and only falls', () => {
  const open = mostPages(definition, {}, TODAY)
  const own = mostPages(definition, { cho: 'toi' }, TODAY)

  assert.equal(open, pagesOf(definition, { cho: 'uy_quyen' }, TODAY).length)
  assert.equal(own, 4)
})

test('a page that hangs on a question not yet asked is counted too', () => {
  const steps = [
    { id: 'mot', title: '1', fields: [choice('cho', 'toi', 'uy_quyen')] },
    { id: 'hai', title: '2', fields: [text('ai'), { ...choice('co', 'khong', 'co'), when: { answer: 'cho', is: 'uy_quyen' } }] },
    { id: 'ba', title: '3', when: { answer: 'co', is: 'co' }, fields: [text('them')] },
  ]

  assert.equal(mostPages({ ...definition, steps, papers: [] }, {}, TODAY), 4)
})

test('a page that hangs on how large a number is, is counted too', () => {
  const steps = [
    { id: 'mot', title: '1', fields: [{ ...text('lan_thu'), kind: 'number' as const, min: 1, max: 9 }] },
    { id: 'hai', title: '2', fields: [{ ...choice('o_dau', 'day', 'xa'), when: { answer: 'lan_thu', above: 1 } }] },
  ]

  assert.equal(mostPages({ ...definition, steps, papers: [] }, {}, TODAY), 3)
})

test('an answer that is hidden hides what hangs on it', () => {
  const left = counted(definition, { ...AUTHORISED, cho: 'toi', them: 'x' }, TODAY)

  assert.deepEqual(Object.keys(left), ['cho', 'ten', 'dt', 'so'])
})

test('filed by authorisation, the requester is the submitter and the other is the owner', () => {
  const manifest = manifestOf(definition, { ...FILLED, values: AUTHORISED }, TODAY)

  assert.deepEqual(manifest.owner, { name: 'Lê Văn Ẩn' })
  assert.deepEqual(manifest.submitter, { name: 'Nguyễn Thị Mận', phone: '0900000417' })
  assert.deepEqual(manifest.answers, { cho: 'uy_quyen', vi_sao: 'ở xa', so: 3 })
  assert.deepEqual(manifest.papers.map((paper) => paper.paper), ['uy_quyen'])
})

test('a file is named by its paper and page, whatever the phone called it', () => {
  const shot = { sha256: 'aa', size: 1, media_type: 'image/jpeg', name: 'IMG_0417 Nguyễn Thị Mận.jpg' }
  const pdf = { sha256: 'bb', size: 2, media_type: 'application/pdf', name: 'scan.pdf' }
  const filled = { ...FILLED, values: AUTHORISED, papers: { uy_quyen: [shot, pdf] } }

  const [paper] = manifestOf(definition, filled, TODAY).papers

  assert.deepEqual(paper?.files.map(({ name }) => name), ['Giấy ủy quyền, trang 1.jpg', 'Giấy ủy quyền, trang 2.pdf'])
})

test('filed for oneself, the requester is the owner and papers no longer wanted stay here', () => {
  const manifest = manifestOf(definition, { ...FILLED, values: { ...AUTHORISED, cho: 'toi' } }, TODAY)

  assert.equal(manifest.owner['name'], 'Nguyễn Thị Mận')
  assert.equal(manifest.submitter, null)
  assert.deepEqual(manifest.papers, [])
})

test('what is half typed does not travel', () => {
  const manifest = manifestOf(
    definition,
    { ...FILLED, values: { ...AUTHORISED, dt: '09', so: 'ba' } },
    TODAY,
  )

  assert.deepEqual(manifest.submitter, { name: 'Nguyễn Thị Mận' })
  assert.equal('so' in manifest.answers, false)
})

test('the fee follows the number of copies', () => {
  assert.equal(feeOf(definition, AUTHORISED, TODAY)?.amount, 24_000)
})

test('a draft is taken up at the first page that still wants something', () => {
  assert.equal(firstOpen(definition, { cho: 'toi' }, none, TODAY).id, 'ban')
  assert.equal(firstOpen(definition, AUTHORISED, none, TODAY).id, 'uy_quyen')
  assert.equal(firstOpen(definition, AUTHORISED, () => 1, TODAY).id, 'review')
})

test('missing papers and wrong answers stand against sending', () => {
  const { wrong, papers } = obstacles(definition, { ...AUTHORISED, dt: '1' }, none, TODAY)

  assert.deepEqual(wrong.map(({ at, code }) => [at, code]), [['dt', 'phone']])
  assert.deepEqual(papers.map(({ id }) => id), ['uy_quyen'])
})

test('a pointer of the server leads to the field that edits it', () => {
  assert.equal(fieldAt(definition, AUTHORISED, '/submitter/phone', TODAY), 'dt')
  assert.equal(fieldAt(definition, AUTHORISED, '/owner/name', TODAY), 'ten_chu')
  assert.equal(fieldAt(definition, { ...AUTHORISED, cho: 'toi' }, '/owner/phone', TODAY), 'dt')
  assert.equal(fieldAt(definition, AUTHORISED, '/answers/so', TODAY), 'so')
})

test('a pointer of the server leads to the paper, by its id or by its place in what was sent', () => {
  const page = { sha256: 'a'.repeat(64), size: 1, media_type: 'image/jpeg', name: 'trang 1.jpg' }
  const filled = { ...FILLED, values: AUTHORISED, papers: { uy_quyen: [page] } }

  assert.equal(paperAt(definition, filled, '/papers/uy_quyen', TODAY), 'uy_quyen')
  assert.equal(paperAt(definition, filled, '/papers/0/files/0', TODAY), 'uy_quyen')
  assert.equal(paperAt(definition, filled, '/papers/7/files/0', TODAY), null)
  assert.equal(paperAt(definition, filled, '/answers/so', TODAY), null)
})

test('the first stop that holds ends the form early', () => {
  const stop = { title: 'Không nộp ở đây', reason: 'Vì', next: 'Đến phường' }
  const stops = [
    { ...stop, id: 'mot', when: { answer: 'cho', is: 'uy_quyen' } },
    { ...stop, id: 'hai', when: { answer: 'vi_sao', filled: true } },
  ]
  const stopping = { ...definition, stops }

  assert.equal(stopOf(stopping, { cho: 'uy_quyen', vi_sao: 'x' }, TODAY)?.id, 'mot')
  assert.equal(stopOf(stopping, { cho: 'toi', vi_sao: 'x' }, TODAY), null)
  assert.equal(stopOf(definition, { cho: 'uy_quyen' }, TODAY), null)
})

test('a paper that may be known already does not hold up sending', () => {
  const [paper] = papersWanted(definition, { cho: 'uy_quyen' }, TODAY)
  assert.ok(paper)
  const known = { ...definition, papers: [{ ...paper.paper, unless: 'đã có' }] }

  assert.equal(paper.required, true)
  assert.deepEqual(obstacles(known, { cho: 'uy_quyen' }, () => 0, TODAY).papers, [])
})

test('for an organisation the person with the phone is the one who files', () => {
  const steps = [
    {
      id: 'don_vi',
      title: 'Đơn vị nào?',
      fields: [
        text('don_vi', { is: 'owner.name' }),
        text('ma', { is: 'owner.tax_code' }),
        text('ten', { kind: 'name', is: 'requester.name' }),
      ],
    },
  ]
  const unit: Definition = { ...definition, applicant: 'organisation', submitter_when: null, steps }
  const values = { don_vi: 'Hội Nông dân', ma: '1800123456', ten: 'Lê Thị Thử' }
  const filled = { unit: 'om', qr: null, values, consents: [], papers: {} }

  const sent = manifestOf(unit, filled, TODAY)

  assert.deepEqual(sent.owner, { name: 'Hội Nông dân', tax_code: '1800123456' })
  assert.deepEqual(sent.submitter, { name: 'Lê Thị Thử' })
  assert.equal(fieldAt(unit, values, '/submitter/name', TODAY), 'ten')
})

test('a question and a paper of one name do not lead back to each other', () => {
  const paper = { id: 'ban', name: 'Giấy', kind: 'upload' as const, required: 'optional' as const, max_files: 3 }
  const both = { ...definition, papers: [paper] } as Definition
  const values = { cho: 'toi' }

  const afterQuestion = pageAfter(both, values, { kind: 'step', id: 'ban' }, TODAY)
  const afterPaper = pageAfter(both, values, { kind: 'paper', id: 'ban' }, TODAY)

  assert.notEqual(`${afterQuestion.kind} ${afterQuestion.id}`, 'review review')
  assert.equal(afterPaper.kind, 'review')
})
