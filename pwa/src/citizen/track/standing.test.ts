import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { DossierState, Obligation, Status } from '../../api/schema.ts'
import { isOver, owedWords, placeOf, reasonOf } from './standing.ts'

const at = (state: DossierState, what = ''): Status =>
  ({ state, supplement: null, timeline: [{ at: '', what: 'Phường đã nhận đủ', state: 'submitted' }, { at: '', what, state }] }) as unknown as Status
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
  assert.equal(reasonOf(at('declined', 'Phường không nhận hồ sơ. Lý do: Sai nơi nộp.\nLý do: xem lại.')), 'Sai nơi nộp.\nLý do: xem lại.')
  assert.equal(reasonOf(at('stopped', 'Phường dừng giải quyết')), null)
})

test('an unpaid fee holds back the work, and then the result', () => {
  assert.equal(owedWords('submitted', fee()), 'Còn phải trả 8.000\u00A0đ thì phường mới bắt đầu làm.')
  assert.equal(owedWords('result_ready', fee()), 'Còn phải trả 8.000\u00A0đ: trả ngay, hoặc trả khi đến nhận.')
})

test('a part that counts leaves the rest to be paid', () => {
  assert.match(owedWords('submitted', fee({ paid: 5000, due: 3000 })) ?? '', /trả 3\.000/)
})

test('what was accepted unpaid waits for nothing, nor does what is paid, free or looked at', () => {
  assert.equal(owedWords('accepted', fee()), null)
  for (const state of ['paid', 'exempt', 'exemption_review', 'unquoted', 'nothing_due', 'cancelled'] as const)
    assert.equal(owedWords('submitted', fee({ state })), null)
  assert.equal(owedWords('submitted', fee({ paid: 7000, due: 8000 })), null)
  assert.equal(owedWords('submitted', null), null)
})
