import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Fee } from '../../form/definition.ts'
import { bodyOf, claimedGroup, groupsOf, missingIn, stepsAt, type Exempting } from './exempting.ts'

const TODAY = '2026-11-24'
const POOR = { id: 'ho_ngheo', words: 'Hộ nghèo' }
const LOOKED: Exempting = { group: 'ho_ngheo', evidence: ' Giấy hộ nghèo 2026 ', step: 'grant', until: '2026-12-4' }

test('an exemption is looked at while the fee is owed, and refused only once it is under review', () => {
  assert.deepEqual(stepsAt('open'), ['grant', 'ask'])
  assert.deepEqual(stepsAt('exemption_review'), ['grant', 'refuse'])
  for (const state of ['paid', 'exempt', 'unquoted', 'nothing_due', 'cancelled'] as const) assert.deepEqual(stepsAt(state), [])
})

test('groups are those of the procedure, also where it has lines of words alone', () => {
  const fee: Fee = { items: [], exemptions: ['Hộ nghèo'] }
  assert.deepEqual(groupsOf(fee), [{ id: 'Hộ nghèo', words: 'Hộ nghèo' }])
  assert.deepEqual(groupsOf({ ...fee, exempt: [POOR] }), [POOR])
  assert.deepEqual(groupsOf(null), [])
})

test('the group that the citizen named is chosen already', () => {
  assert.equal(claimedGroup('Hộ nghèo: sổ số 12', [POOR]), 'ho_ngheo')
  assert.equal(claimedGroup('Hộ nghèo', [POOR]), 'ho_ngheo')
  for (const claim of [null, 'Hộ nghèo và cận nghèo', 'Trẻ em']) assert.equal(claimedGroup(claim, [POOR]), null)
})

test('group, evidence and outcome are asked for, and a last day where it is refused', () => {
  const nothing: Exempting = { group: null, evidence: ' ', step: null, until: '' }
  assert.deepEqual(missingIn(nothing, TODAY), ['group', 'evidence', 'step'])
  assert.deepEqual(missingIn(LOOKED, TODAY), [])
  assert.deepEqual(missingIn({ ...LOOKED, step: 'refuse', until: TODAY }, TODAY), ['until'])
})

test('the reason names the group and what was looked at, within what the server takes', () => {
  assert.deepEqual(bodyOf(LOOKED, [POOR]), { step: 'grant', reason: 'Hộ nghèo: Giấy hộ nghèo 2026' })
  assert.deepEqual(bodyOf({ ...LOOKED, step: 'refuse' }, [POOR]), {
    step: 'refuse',
    reason: 'Hộ nghèo: Giấy hộ nghèo 2026',
    until: '2026-12-04',
  })
  const long = bodyOf({ ...LOOKED, evidence: 'x'.repeat(300) }, [{ ...POOR, words: 'y'.repeat(400) }])
  assert.ok((long as { reason: string }).reason.length <= 500)
})
