import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { File } from '../shapes.ts'
import { pagesOf, spansOf, stepped } from './pages.ts'

const file = (paper: string, sha256: string, views = 1): File => ({
  sha256,
  paper,
  paper_name: paper === 'uy_quyen' ? 'Giấy ủy quyền (có công chứng)' : paper,
  name: 'anh.jpg',
  size: 1,
  media_type: 'image/jpeg',
  check: 'ok',
  view_urls: Array.from({ length: views }, (_, leaf) => `/f/${sha256}${leaf}`),
  original_url: '',
})

test('each page knows its place in its own paper', () => {
  const pages = pagesOf([file('uy_quyen', 'a'), file('to_khai', 'b'), file('uy_quyen', 'c')])

  assert.deepEqual(
    pages.map(({ name, page, pages: all }) => [name, page, all]),
    [
      ['Giấy ủy quyền', 1, 2],
      ['to_khai', 1, 1],
      ['Giấy ủy quyền', 2, 2],
    ],
  )
})

test('a PDF has all its pages, and the photo after it goes on counting', () => {
  const pages = pagesOf([file('uy_quyen', 'a', 3), file('uy_quyen', 'b')])

  assert.deepEqual(
    pages.map(({ file: { sha256 }, leaf, page, pages: all }) => [sha256, leaf, page, all]),
    [
      ['a', 0, 1, 4],
      ['a', 1, 2, 4],
      ['a', 2, 3, 4],
      ['b', 0, 4, 4],
    ],
  )
})

test('the list names each file once, with the pages it holds and where they begin', () => {
  const spans = spansOf([file('to_khai', 'a'), file('uy_quyen', 'b', 3), file('uy_quyen', 'c')])

  assert.deepEqual(
    spans.map(({ first, last, pages, at }) => [first, last, pages, at]),
    [
      [1, 1, 1, 0],
      [1, 3, 4, 1],
      [4, 4, 4, 4],
    ],
  )
})

test('turning over stops at both ends', () => {
  assert.equal(stepped(0, -1, 3), 0)
  assert.equal(stepped(2, 1, 3), 2)
  assert.equal(stepped(1, 1, 3), 2)
})
