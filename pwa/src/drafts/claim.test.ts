import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Obligation, Status } from '../api/schema.ts'
import { heard } from './claim.ts'
import { newDossier } from './dossier.ts'

const ABOUT = { procedure: '2.000635', version: '1', title: 'Bản sao', unit: { code: 'w', name: 'W' }, qr: null, values: {} }
const claim = { group: 'ho_ngheo', evidence: 'Sổ số 12' }
const WRITTEN = { ...newDossier(ABOUT, 0), claim }
const owing = (state: Obligation['state'] | null): Status =>
  ({ state: 'submitted', obligation: state === null ? null : { state } }) as unknown as Status

test('what is written in a claim stays while the fee may be claimed', () => {
  for (const state of ['open', 'expired', 'exemption_review'] as const)
    assert.deepEqual(heard(WRITTEN, owing(state), 7).claim, claim)
})

test('once the fee is settled, nothing of the claim is left on the device', () => {
  for (const state of ['exempt', 'paid', 'refund_due', 'cancelled', null] as const)
    assert.equal('claim' in heard(WRITTEN, owing(state), 7), false)
})

test('what the server tells is kept with its moment', () => {
  const after = heard(newDossier(ABOUT, 0), owing('open'), 7)

  assert.deepEqual([after.status?.obligation?.state, after.heardAt, 'claim' in after], ['open', 7, false])
})
