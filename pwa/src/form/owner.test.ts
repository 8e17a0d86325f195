import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Definition, Field } from './definition.ts'
import { ownerOf, shortName } from './owner.ts'

const TODAY = '2026-11-28'
const named = (id: string, is: string): Field => ({ id, kind: 'name', label: id, is }) as unknown as Field

function form(more: Partial<Definition>): Definition {
  const fields = [named('nyc', 'requester.name'), named('uq', 'owner.name')]
  const step = { id: 's', title: 's', fields }
  return { code: 'p', version: 'v', steps: [step], papers: [], consents: [], submitter_when: null, ...more } as unknown as Definition
}

test('a name between the first and the last word is a letter', () => {
  assert.equal(shortName('Nguyễn Thị Bé Tư'), 'Nguyễn T. B. Tư')
  assert.equal(shortName(' Trần  Lành '), 'Trần Lành')
  assert.equal(shortName('Út'), 'Út')
})

test('who authorised somebody is the owner, else who files', () => {
  const values = { nyc: 'Trần Văn Lành', uq: 'Nguyễn Thị Bé Tư' }
  const authorised = form({ submitter_when: { answer: 'nyc', is: 'Trần Văn Lành' } as unknown as Definition['submitter_when'] })

  assert.equal(ownerOf(authorised, values, TODAY), 'Nguyễn T. B. Tư')
  assert.equal(ownerOf(form({}), { nyc: 'Trần Văn Lành' }, TODAY), 'Trần V. Lành')
})

test('an organisation is named in full, and nobody while no name is given', () => {
  assert.equal(ownerOf(form({ applicant: 'organisation' }), { uq: 'Hợp tác xã Thới An' }, TODAY), 'Hợp tác xã Thới An')
  assert.equal(ownerOf(form({}), {}, TODAY), null)
})
