import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { Page } from '../../drafts/dossier.ts'
import { accepted, moved, placed, placeOf, withBack, without } from './order.ts'

const page = (sha256: string): Page => ({ sha256, size: 1, media_type: 'image/jpeg', name: `${sha256}.jpg`, original: false, hint: 'blur' })
const pages = (names: string): Page[] => [...names].map(page)
const names = (shots: readonly Page[]): string => shots.map(({ sha256 }) => sha256).join('')

test('a new page comes last, a retaken one stands where the old one stood', () => {
  assert.equal(names(placed(pages('ab'), page('c'), null)), 'abc')
  assert.equal(names(placed(pages('abc'), page('x'), 'b')), 'axc')
})

test('the same photo twice is one page', () => {
  assert.equal(names(placed(pages('ab'), page('a'), null)), 'ba')
  assert.equal(names(placed(pages('abc'), page('a'), 'b')), 'ac')
  assert.equal(names(placed(pages('abc'), page('b'), 'b')), 'abc')
})

test('a photo that lies there already is found at its place', () => {
  assert.equal(placeOf(pages('ab'), page('b')), 2)
  assert.equal(placeOf(pages('ab'), page('c')), 0)
})

test('a page goes up and down by one place, and stays at the ends', () => {
  assert.equal(names(moved(pages('abc'), 'b', -1)), 'bac')
  assert.equal(names(moved(pages('abc'), 'b', 1)), 'acb')
  assert.equal(names(moved(pages('abc'), 'a', -1)), 'abc')
  assert.equal(names(moved(pages('abc'), 'c', 1)), 'abc')
  assert.equal(names(moved(pages('abc'), 'gone', 1)), 'abc')
})

test('a removed page can be put back at its place', () => {
  assert.equal(names(without(pages('abc'), 'b')), 'ac')
  assert.equal(names(withBack(pages('ac'), page('b'), 1)), 'abc')
})

test('a page that will do is not advised against again', () => {
  assert.deepEqual(accepted(pages('ab'), 'b').map(({ hint }) => hint), ['blur', null])
})
