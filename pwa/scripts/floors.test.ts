import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'

import { fault, walk } from './floors.ts'

test('a screen may use the parts, the parts may not use a screen', () => {
  assert.equal(fault('citizen/pay/pay.tsx', 'parts/icon/icon.tsx'), null)
  assert.match(fault('parts/icon/icon.tsx', 'citizen/pay/pay.tsx') ?? '', /must not import/)
})

test('rooms of one floor do not know each other', () => {
  assert.match(fault('officer/inbox/inbox.tsx', 'citizen/pay/pay.tsx') ?? '', /must not import/)
  assert.match(fault('form/check.ts', 'words/say.ts') ?? '', /must not import/)
})

test('the service worker stands alone', () => {
  assert.match(fault('sw/sw.ts', 'api/client.ts') ?? '', /stands alone/)
})

test('a planted violation is found, also inside a function', () => {
  const root = mkdtempSync(join(tmpdir(), 'floors-'))
  mkdirSync(join(root, 'form'))
  writeFileSync(join(root, 'form/check.ts'), "export const f = () => import('../citizen/x.ts')\n")

  const { faults, read } = walk(root)

  assert.equal(read, 1)
  assert.equal(faults.length, 1)
})
