import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DossierState, Obligation, Status } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { isOver, owedWords, placeOf, reasonOf } from './standing.ts'

const at = (state: DossierState, reason: string | null = null): Status =>
  ({ state, supplement: null, timeline: [{ at: '', what: 'Phường đã nhận đủ', state: 'submitted' }, { at: '', what: '', state, reason }] }) as unknown as Status
const fee = (part: Partial<Obligation> = {}): Obligation => ({ id: '', state: 'open', amount: 8000, paid: 0, lines: [], ...part })

test('what the ward did not take, and what came to an end, is not said to be received', () => {
  for (const state of ['declined', 'withdrawn', 'stopped', 'expired'] as const) {
    const place = placeOf(at(state))
    assert.equal(place.over, true, state)
    assert.doesNotMatch(place.words, /nhận đủ/)
    assert.equal(isOver(state), true)
  }
  assert.equal(placeOf(at('declined')).words, '**Phường không nhận**')
})

test('with the ward it is said to be received, or that there is a result', () => {
  assert.equal(placeOf(null).words, '**Phường đã nhận đủ**')
  assert.equal(placeOf(at('processing')).over, undefined)
  assert.equal(placeOf(at('result_ready')).words, '**Đã có kết quả**')
  assert.equal(isOver('processing'), false)
})

test('the reason is told in the words of the officer, all of them', () => {
  assert.equal(reasonOf(at('declined', 'Sai nơi nộp.\nLý do: xem lại.')), 'Sai nơi nộp.\nLý do: xem lại.')
  assert.equal(reasonOf(at('stopped')), null)
})

test('what this device kept before reasons stood by themselves tells the reason in the words of the step', () => {
  const kept = { state: 'declined', timeline: [{ at: '', what: 'Phường không nhận hồ sơ. Lý do: Sai nơi nộp', state: 'declined' }] } as unknown as Status
  assert.equal(reasonOf(kept), 'Phường không nhận hồ sơ. Lý do: Sai nơi nộp')
})

test('an unpaid fee holds back the work, and then the result', () => {
  assert.equal(owedWords(at('submitted'), fee()), 'Còn phải trả 8.000\u00A0đ thì phường mới bắt đầu làm.')
  assert.equal(owedWords(at('result_ready'), fee()), 'Còn phải trả 8.000\u00A0đ: trả ngay, hoặc trả khi đến nhận.')
})

test('what is asked before acceptance does not make the fee forgotten', () => {
  assert.match(owedWords(at('supplement_requested'), fee()) ?? '', /mới bắt đầu làm/)
  const accepted = { state: 'supplement_requested' as const, timeline: [{ at: '', what: '', state: 'accepted' as const }] }
  assert.equal(owedWords(accepted, fee()), null)
})

test('what is added and not sent yet lies on this device, while the rest is with the ward', () => {
  const asked = { id: 's', items: [], papers: [] }
  const status = { ...at('supplement_requested'), supplement: asked } as unknown as Status
  const own = { sid: 's', proof: null, values: {}, pages: {}, sending: { goal: 'submit' } }

  assert.equal(placeOf(status).words, '**Ở phường**, chờ bổ sung')
  assert.deepEqual(placeOf(status, { status, supplement: own } as unknown as Dossier), { place: 'phone', words: 'Phần bổ sung còn trên máy này, chưa gửi' })
})

test('a part that counts leaves the rest to be paid', () => {
  assert.match(owedWords(at('submitted'), fee({ paid: 5000, due: 3000 })) ?? '', /trả 3\.000/)
})

test('what was accepted unpaid waits for nothing, nor does what is paid, free or looked at', () => {
  assert.equal(owedWords(at('accepted'), fee()), null)
  for (const state of ['paid', 'exempt', 'exemption_review', 'unquoted', 'nothing_due', 'cancelled'] as const)
    assert.equal(owedWords(at('submitted'), fee({ state })), null)
  assert.equal(owedWords(at('submitted'), fee({ paid: 7000, due: 8000 })), null)
  assert.equal(owedWords(at('submitted'), null), null)
})
