import assert from 'node:assert/strict'
import { test } from 'node:test'

import { addressFrom, filledFrom, strangers } from './card-fields.ts'
import type { Card } from './card.ts'
import type { Definition, Field, Values } from './definition.ts'
import { helpedBy, stillLent } from './lent.ts'

const TODAY = '2026-11-27'
const CARD: Card = { number: '092199000123', name: 'Nguyễn Thị Bé Tư', born: '1999-02-01', gender: 'nu', address: 'Khu vực 5, Ô Môn, Cần Thơ' }

const field = (id: string, kind: Field['kind'], is: string | null, more: Partial<Field> = {}): Field => ({
  id,
  kind,
  label: id,
  required: true,
  is,
  ...more,
})

const SEXES = [
  { id: 'nam', label: 'Male' },
  { id: 'nu', label: 'Female' },
]
const AUTHORISED = { answer: 'nop_cho', is: 'uy_quyen' } as const

const FORM = {
  submitter_when: AUTHORISED,
  papers: [],
  steps: [
    { id: 'cho_ai', title: '', fields: [field('nop_cho', 'choice', null)] },
    {
      id: 'ban',
      title: '',
      fields: [
        field('ten', 'name', 'requester.name'),
        field('so', 'personal_number', 'requester.personal_number'),
        field('dien_thoai', 'phone', 'requester.phone'),
      ],
    },
    { id: 'o', title: '', fields: [field('noi_o', 'address', 'requester.address')] },
    { id: 'uq', title: '', when: AUTHORISED, fields: [field('uq_ten', 'name', 'owner.name')] },
    {
      id: 'sinh',
      title: '',
      fields: [field('ngay_sinh', 'partial_date', 'owner.birth_date'), field('gioi_tinh', 'choice', 'owner.gender', { options: SEXES })],
    },
  ],
} as unknown as Definition

const filled = (values: Values, holder: 'owner' | 'requester', card = CARD) =>
  Object.fromEntries(filledFrom(FORM, values, holder, card, TODAY).map(({ field, value }) => [field.id, value]))

test('who files for themselves has all questions about them filled', () => {
  assert.deepEqual(filled({ nop_cho: 'ban_than' }, 'requester'), {
    ten: 'Nguyễn Thị Bé Tư',
    so: '092199000123',
    noi_o: { province: 'Cần Thơ', ward: '', street: 'Khu vực 5, Ô Môn' },
    ngay_sinh: '1999-02-01',
    gioi_tinh: 'nu',
  })
})

test('with an authorisation each card fills the answers of its holder alone', () => {
  assert.deepEqual(Object.keys(filled({ nop_cho: 'uy_quyen' }, 'requester')), ['ten', 'so', 'noi_o'])
  assert.deepEqual(Object.keys(filled({ nop_cho: 'uy_quyen' }, 'owner')), ['uq_ten', 'ngay_sinh', 'gioi_tinh'])
})

test('an organisation has no card: who files for it answers about themselves alone', () => {
  const fields = [
    field('ten', 'name', 'requester.name'),
    field('to_chuc', 'name', 'owner.name'),
    field('tru_so', 'address', 'owner.address'),
  ]
  const form = { ...FORM, applicant: 'organisation', submitter_when: null, steps: [{ id: 'mot', title: '', fields }] } as const
  const wrongly = { to_chuc: 'requester' } as const

  assert.deepEqual(filledFrom(form, {}, 'requester', CARD, TODAY).map(({ field }) => field.id), ['ten'])
  assert.deepEqual(filledFrom(form, {}, 'owner', CARD, TODAY), [])
  assert.equal(helpedBy(fields.slice(1), {}, form), null)
  assert.deepEqual(strangers(form, {}, wrongly, TODAY), ['to_chuc'])
})

test('what the card does not know stays as it is', () => {
  const bare = { ...CARD, born: null, gender: null, address: null }
  assert.deepEqual(Object.keys(filled({ nop_cho: 'ban_than' }, 'requester', bare)), ['ten', 'so'])
})

test('one person who becomes two takes nothing along from the other', () => {
  const lent = { ten: 'requester', ngay_sinh: 'requester', gioi_tinh: 'requester' } as const
  assert.deepEqual(strangers(FORM, { nop_cho: 'ban_than' }, lent, TODAY), [])
  assert.deepEqual(strangers(FORM, { nop_cho: 'uy_quyen' }, lent, TODAY), ['ngay_sinh', 'gioi_tinh'])
})

test('the ward of today is never guessed from an address of old', () => {
  assert.deepEqual(addressFrom('Khu vực 5, Châu Văn Liêm, Ô Môn, Cần Thơ'), {
    province: 'Cần Thơ',
    ward: 'Châu Văn Liêm, Ô Môn',
    street: 'Khu vực 5',
  })
  assert.deepEqual(addressFrom('Cần Thơ'), { province: '', ward: '', street: 'Cần Thơ' })
})

test('an answer that was changed is no longer from the card, one that was typed again is', () => {
  const lent = { ten: 'requester', so: 'requester', noi_o: 'requester' } as const
  const before = { ten: 'Tư', so: '092199000123', noi_o: { province: 'Cần Thơ', ward: '', street: 'x' } }
  const changes = { ten: 'Tư', so: '092199000124', noi_o: { province: 'Cần Thơ', ward: 'Ô Môn', street: 'x' } }
  assert.deepEqual(stillLent(lent, before, changes), { ten: 'requester' })
  assert.deepEqual(stillLent(lent, before, {}), lent)
})

test('a card is offered where it can answer something that none has answered', () => {
  const [, you, home] = FORM.steps
  assert.equal(helpedBy(you?.fields ?? [], {}, FORM), 'requester')
  assert.equal(helpedBy(you?.fields ?? [], { ten: 'requester', so: 'requester' }, FORM), null)
  assert.equal(helpedBy(home?.fields ?? [], { ten: 'requester' }, FORM), 'requester')
  assert.equal(helpedBy(FORM.steps[0]?.fields ?? [], {}, FORM), null)
})
