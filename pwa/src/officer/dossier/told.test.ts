import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field } from '../../form/definition.ts'
import { bareSaid, detailSaid, earlierOf, nearlyTold, toldOf } from './told.ts'

const PLAIN = { yes: 'Có', no: 'Không', blank: 'không ghi' }
const TODAY = '2026-11-17'
const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({
  id,
  kind,
  label: id,
  required: true,
  ...more,
})

const definition = {
  steps: [
    {
      id: 'ai',
      title: 'Bạn nộp cho ai?',
      fields: [
        field('nop_cho', 'choice', { options: [{ id: 'uy_quyen', label: 'Theo giấy ủy quyền' }] }),
        field('nyc_ho_ten', 'name', { is: 'requester.name' }),
        field('ht_ten', 'name', { is: 'owner.name' }),
        field('ghi_chu', 'text', { required: false }),
        field('quan_he', 'text', { when: { answer: 'nop_cho', is: 'nguoi_than' } }),
      ],
    },
  ],
} as unknown as Definition

test('fields of people are read from the people, hidden and blank ones are left out', () => {
  const dossier = {
    owner: { name: 'Nguyễn Thị Bé Tư' },
    submitter: { name: 'Trần Văn Lành' },
    answers: { nop_cho: 'uy_quyen', quan_he: 'con' },
  }

  const told = toldOf(definition, dossier, TODAY, PLAIN)

  assert.deepEqual(
    told.map(({ id, words }) => [id, words]),
    [
      ['nop_cho', 'Theo giấy ủy quyền'],
      ['nyc_ho_ten', 'Trần Văn Lành'],
      ['ht_ten', 'Nguyễn Thị Bé Tư'],
    ],
  )
})

test('a person who files alone is owner and requester at once', () => {
  const dossier = { owner: { name: 'Lê Minh Khôi' }, submitter: null, answers: { nop_cho: 'ban_than' } }

  const told = toldOf(definition, dossier, TODAY, PLAIN)

  assert.equal(told.find((one) => one.id === 'nyc_ho_ten')?.words, 'Lê Minh Khôi')
})

test('each cell of repeated rows stands with what its column asks', () => {
  const columns = [field('ten', 'name'), field('nam', 'text')]
  const household = {
    steps: [{ id: 'ho', title: 'Trong hộ có ai?', fields: [field('thanh_vien', 'rows', { columns })] }],
  } as unknown as Definition
  const rows = [
    { row: 'a', ten: 'Bùi Thị Mót', nam: '1979' },
    { row: 'b', ten: 'Lâm Thị Ngọc', nam: '2010' },
  ]

  const [told] = toldOf(household, { owner: {}, submitter: null, answers: { thanh_vien: rows } }, TODAY, PLAIN)

  assert.equal(told?.words, 'ten: Bùi Thị Mót · nam: 1979\nten: Lâm Thị Ngọc · nam: 2010')
  assert.deepEqual(told?.rows[1], [{ label: 'ten:', words: 'Lâm Thị Ngọc' }, { label: 'nam:', words: '2010' }])
})

test('what people wrote is theirs, what the form says for them is in its own language', () => {
  const asked = { steps: [{ id: 'ai', title: 'Who?', fields: [
    field('sex', 'choice', { options: [{ id: 'nu', label: 'Female' }] }),
    field('name', 'name'),
    field('home', 'address'),
    field('more', 'text'),
  ] }] } as unknown as Definition
  const home = { street: '12 Lê Lợi', ward: 'Phường Ô Môn', province: 'Cần Thơ' }
  const dossier = { owner: {}, submitter: null, answers: { sex: 'nu', name: 'Lê Minh Khôi', home } }

  const told = toldOf(asked, dossier, TODAY, { yes: 'Yes', no: 'No', blank: 'left blank' })

  assert.deepEqual(
    told.map(({ words, lang }) => [words, lang]),
    [
      ['Female', undefined],
      ['Lê Minh Khôi', 'vi'],
      ['12 Lê Lợi, Phường Ô Môn, Cần Thơ', 'vi'],
      ['left blank', undefined],
    ],
  )
})

test('what is worked out stands behind the questions of its step, an age as it was on the day of filing', () => {
  const derived = [
    { id: 'chu', kind: 'date_in_words', of: 'sinh', label: 'Bằng chữ' },
    { id: 'tuoi', kind: 'age', of: 'sinh', label: 'Tuổi' },
  ]
  const born = { steps: [{ id: 'ai', title: 'Ai?', fields: [field('sinh', 'date')], derived }] } as unknown as Definition
  const dossier = { owner: {}, submitter: null, answers: { sinh: '2006-11-15' }, submitted_at: '2026-11-14T09:00:00+07:00' }

  const told = toldOf(born, dossier, TODAY, PLAIN)

  assert.deepEqual(
    told.map(({ id, words, derived: own }) => [id, words, own]),
    [
      ['sinh', '15/11/2006', false],
      ['chu', 'ngày mười lăm tháng mười một năm hai nghìn không trăm linh sáu', true],
      ['tuoi', '19', true],
    ],
  )
})

test('without the form a gender is said in words, never as its id', () => {
  assert.equal(detailSaid({ gender: 'nu' }, 'gender'), 'Nữ')
  assert.equal(detailSaid({ gender: 'nam' }, 'gender'), 'Nam')
  assert.equal(detailSaid({ gender: 'x1' }, 'gender'), 'Chưa đọc được, hỏi lại người dân')
})

test('without the form an answer is what is in it, never brackets and quotation marks', () => {
  assert.equal(bareSaid(true, PLAIN), 'Có')
  assert.equal(bareSaid(3, PLAIN), '3')
  assert.equal(bareSaid({ province: 'Cần Thơ', ward: 'Phường Ô Môn', street: 'Khu vực 5' }, PLAIN), 'Khu vực 5, Phường Ô Môn, Cần Thơ')
  assert.equal(bareSaid([{ row: 'r1', ten: 'Lê Minh Khôi', song: false }], PLAIN), '(mã: ten) Lê Minh Khôi · (mã: song) Không')
})

test('without any form a chosen answer is told as a code, what people wrote as it is', () => {
  assert.equal(bareSaid('khai_sinh', PLAIN), '(mã: khai_sinh)')
  assert.equal(bareSaid('Trần Văn Lâm', PLAIN), 'Trần Văn Lâm')
  assert.equal(bareSaid('1999-03-05', PLAIN), '05/03/1999')
})

test('a chosen answer is said by another version of the form that still has it', () => {
  const today = { steps: [{ id: 'gi', title: 'Gì?', fields: [
    field('viec', 'choice', { options: [{ id: 'khai_sinh', label: 'Khai sinh' }] }),
    field('viec_cu', 'choice', { options: [{ id: 'khac', label: 'Khác' }] }),
  ] }] } as unknown as Definition
  const answers = { viec: 'khai_sinh', viec_cu: 'nhan_con', bo: 'x_1' }

  assert.deepEqual(nearlyTold(today, { answers }, PLAIN), [
    { id: 'viec', label: field('viec', 'choice').label, words: 'Khai sinh', rows: [] },
    { id: 'viec_cu', label: field('viec_cu', 'choice').label, words: '(mã: nhan_con)', rows: [] },
    { id: 'bo', label: null, words: '(mã: x_1)', rows: [] },
  ])
  assert.deepEqual(nearlyTold(null, { answers: { viec: 'khai_sinh' } }, PLAIN)[0]?.words, '(mã: khai_sinh)')
})

test('beside what was answered anew stands what was there before', () => {
  const dossier = {
    owner: { name: 'Nguyễn Thị Bé Tư' },
    submitter: null,
    answers: { nop_cho: 'nguoi_than', quan_he: 'con', ghi_chu: 'Gấp' },
  }
  const anew = { ...dossier, changed: { answers: { quan_he: 'cháu', ghi_chu: null }, fee: null } }

  const words = (changed: typeof anew.changed | null) => [...earlierOf(definition, { ...dossier, changed }, TODAY, PLAIN)]

  assert.deepEqual(words(anew.changed), [['quan_he', 'cháu'], ['ghi_chu', 'không ghi']])
  assert.deepEqual(words(null), [])
})
