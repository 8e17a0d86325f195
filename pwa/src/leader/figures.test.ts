import assert from 'node:assert/strict'
import { test } from 'node:test'

import { missing, pullsMost, sorted, standingOf, thousands } from './figures.ts'
import type { Figure } from './shapes.ts'

const ward = (unit_name: string, numerator: number, denominator: number, target: number | null = 80): Figure => ({
  unit: unit_name,
  unit_name,
  indicator: 'filed_online',
  numerator,
  denominator,
  share: denominator === 0 ? null : Math.round((numerator * 1000) / denominator) / 10,
  target,
})

const LONG_HUNG = ward('Long Hưng', 110, 176)
const THOI_AN = ward('Thới An', 222, 264)
const EMPTY = ward('Ấp Mới', 0, 0)

test('a ward without dossiers has no share, it has not failed', () => {
  assert.deepEqual(standingOf(EMPTY), { is: 'none' })
})

test('without a target nothing is short', () => {
  assert.deepEqual(standingOf({ share: 62.5, target: null }), { is: 'free', share: 62.5 })
})

test('the gap is told in tenths, and eight points stand out', () => {
  assert.deepEqual(standingOf({ share: 78, target: 80 }), { is: 'short', share: 78, target: 80, points: 2, far: false })
  assert.equal(standingOf({ share: 62.5, target: 75 }).is === 'short', true)
  const far = standingOf({ share: 72, target: 80 })
  assert.equal(far.is === 'short' && far.far, true)
})

test('exactly the target is reached', () => {
  assert.equal(standingOf({ share: 80, target: 80 }).is, 'reached')
})

test('names are sorted as in Vietnam, and a ward without a share stands last either way', () => {
  const all = [THOI_AN, LONG_HUNG, EMPTY]

  assert.deepEqual(sorted(all, { by: 'ward', up: true }).map(({ unit }) => unit), ['Ấp Mới', 'Long Hưng', 'Thới An'])
  assert.equal(sorted(all, { by: 'share', up: true }).at(-1)?.unit, 'Ấp Mới')
  assert.equal(sorted(all, { by: 'share', up: false }).at(-1)?.unit, 'Ấp Mới')
  assert.equal(sorted(all, { by: 'share', up: false })[0]?.unit, 'Thới An')
})

test('the ward that lacks most dossiers pulls most, not the one with the lowest share', () => {
  const small = ward('Nhỏ', 0, 2)

  assert.equal(missing(LONG_HUNG), 31)
  assert.equal(pullsMost([small, LONG_HUNG, THOI_AN])?.unit, 'Long Hưng')
  assert.equal(pullsMost([THOI_AN, EMPTY]), null)
})

test('large counts are written as money is', () => {
  assert.deepEqual([thousands(7), thousands(1204), thousands(1_000_000)], ['7', '1.204', '1.000.000'])
})
