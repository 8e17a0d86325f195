import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { File } from '../shapes.ts'
import { pagesOf, stepped } from './pages.ts'

const file = (paper: string, sha256: string): File => ({
  sha256,
  paper,
  paper_name: paper === 'uy_quyen' ? 'Giấy ủy quyền (có công chứng)' : paper,
  name: 'anh.jpg',
  size: 1,
  media_type: 'image/jpeg',
  check: 'ok',
  view_url: '',
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

test('turning over stops at both ends', () => {
  assert.equal(stepped(0, -1, 3), 0)
  assert.equal(stepped(2, 1, 3), 2)
  assert.equal(stepped(1, 1, 3), 2)
})
