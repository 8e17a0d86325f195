import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Fee } from '../../form/definition.ts'
import { bodyOf, groupsOf, missingIn, stepsAt, type Exempting } from './exempting.ts'

const TODAY = '2026-11-24'
const POOR = { id: 'ho_ngheo', words: 'Hộ nghèo' }
const LOOKED: Exempting = { group: 'ho_ngheo', evidence: ' Giấy hộ nghèo 2026 ', told: '', step: 'grant', until: '2026-12-4' }

test('an exemption is looked at while the fee is owed, and refused only once it is under review', () => {
  assert.deepEqual(stepsAt('open', false), ['grant', 'ask'])
  assert.deepEqual(stepsAt('exemption_review', true), ['grant', 'refuse'])
  for (const state of ['exempt', 'unquoted', 'nothing_due', 'cancelled'] as const) assert.deepEqual(stepsAt(state, true), [])
})

test('who claimed and then paid may be granted it or refused; who only paid is not asked about', () => {
  for (const state of ['paid', 'refund_due', 'partly_refunded'] as const) {
    assert.deepEqual(stepsAt(state, true), ['grant', 'refuse'])
    assert.deepEqual(stepsAt(state, false), [])
  }
})

test('what stays paid has no last day, and the payer reads why', () => {
  const refused: Exempting = { ...LOOKED, step: 'refuse', until: '' }
  assert.deepEqual(missingIn(refused, TODAY, true), ['told'])
  assert.deepEqual(missingIn({ ...refused, told: 'Giấy đã cũ' }, TODAY, true), [])
  assert.ok(!('until' in bodyOf(refused, [POOR], true)))
})

test('groups are those of the procedure, also where it has lines of words alone', () => {
  const fee: Fee = { items: [], exemptions: ['Hộ nghèo'] }
  assert.deepEqual(groupsOf(fee), [{ id: 'Hộ nghèo', words: 'Hộ nghèo' }])
  assert.deepEqual(groupsOf({ ...fee, exempt: [POOR] }), [POOR])
  assert.deepEqual(groupsOf(null), [])
})

test('words for the payer go with a refusal alone, and not empty', () => {
  const refused: Exempting = { ...LOOKED, step: 'refuse', told: ' Giấy đã hết hạn. ' }
  assert.equal((bodyOf(refused, [POOR]) as { told?: string }).told, 'Giấy đã hết hạn.')
  assert.ok(!('told' in bodyOf({ ...refused, told: ' ' }, [POOR])))
  assert.ok(!('told' in bodyOf({ ...refused, step: 'grant' }, [POOR])))
})

test('group, evidence and outcome are asked for, and a last day where it is refused', () => {
  const nothing: Exempting = { group: null, evidence: ' ', told: '', step: null, until: '' }
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
