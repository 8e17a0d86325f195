import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field, Values } from '../../form/definition.ts'
import { groupsOf } from './lines.ts'

const WORDS = { yes: 'Có', no: 'Không', blank: 'Không ghi', province: 'Tỉnh', ward: 'Xã', street: 'Đường' }
const TODAY = '2026-11-27'

const field = (id: string, kind: Field['kind'], more: Partial<Field> = {}): Field => ({ id, kind, label: id, required: false, ...more })

const FORM = {
  submitter_when: null,
  steps: [
    {
      id: 'ban',
      title: 'Bạn là ai?',
      fields: [
        field('ten', 'name'),
        field('dien_thoai', 'phone'),
        field('o_dau', 'address'),
        field('email', 'email'),
      ],
    },
    {
      id: 'viec',
      title: 'Việc gì?',
      fields: [
        field('loai', 'choice', { options: [{ id: 'a', label: 'Khai sinh' }] }),
        field('ngay', 'date'),
        field('tien', 'money'),
        field('co', 'yes_no'),
        field('con', 'rows', { columns: [field('ten_con', 'name'), field('nam', 'partial_date')] }),
      ],
    },
    { id: 'an', title: 'Ẩn', when: { answer: 'co', is: false }, fields: [field('an', 'text')] },
    { id: 'cam_doan', title: 'Cam đoan', fields: [field('cam_doan', 'declaration')] },
  ],
  papers: [],
} as unknown as Definition

const GIVEN: Values = {
  ten: 'Nguyễn Thị Bé Tư',
  dien_thoai: '0900 000 417',
  o_dau: { province: 'Thành phố Cần Thơ', ward: 'Phường Long Hưng', street: ' ' },
  loai: 'a',
  ngay: '1999-02-01',
  tien: 1_250_000,
  co: true,
  con: [
    { row: 'x', ten_con: 'Lan', nam: '2020' },
    { row: 'y', ten_con: 'Huệ' },
  ],
  an: 'không ai hỏi',
  cam_doan: true,
}

const lines = (values: Values = GIVEN) => groupsOf(FORM, values, TODAY, WORDS).flatMap((group) => group.lines)
const copies = (label: string): string | undefined => lines().find((line) => line.label === label)?.copy

test('the answers stand in the order of the form, those that are not asked nowhere', () => {
  const groups = groupsOf(FORM, GIVEN, TODAY, WORDS)

  assert.deepEqual(groups.map(({ title }) => title), ['Bạn là ai?', 'Việc gì?'])
  assert.ok(!lines().some(({ copy }) => copy === 'không ai hỏi'))
})

test('an address comes apart into the boxes of the portal, without what is blank', () => {
  const found = lines().filter(({ label }) => label.startsWith('o_dau'))

  assert.deepEqual(found.map(({ label, copy }) => [label, copy]), [
    ['o_dau: Xã', 'Phường Long Hưng'],
    ['o_dau: Tỉnh', 'Thành phố Cần Thơ'],
  ])
})

test('figures are copied without the blanks and points that they are shown with', () => {
  assert.equal(copies('dien_thoai'), '0900000417')
  assert.equal(copies('tien'), '1250000')
  assert.equal(copies('ngay'), '01/02/1999')
  assert.equal(copies('loai'), 'Khai sinh')
  assert.ok(!lines().some(({ copy }) => copy.includes('\u00A0')))
})

test('each box of a repeated row is a line of its own, numbered', () => {
  const found = lines().filter(({ label }) => label.startsWith('con'))

  assert.deepEqual(found.map(({ label, copy }) => `${label}=${copy}`), ['con 1: ten_con=Lan', 'con 1: nam=2020', 'con 2: ten_con=Huệ'])
})

test('what was left blank is named, so that it is left blank there too', () => {
  const [first] = groupsOf(FORM, GIVEN, TODAY, WORDS)

  assert.deepEqual(first?.blank, ['email'])
})
