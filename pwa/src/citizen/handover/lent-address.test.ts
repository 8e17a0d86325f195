import assert from 'node:assert/strict'
import { resolveObjectURL } from 'node:buffer'
import { test } from 'node:test'

import { lentAddress } from './lent-address.ts'

test('the address of a file leads to it until the page goes, and nowhere after', async () => {
  let address = ''
  const giveBack = lentAddress(new Blob(['có khóa']), (made) => (address = made))

  assert.equal(await resolveObjectURL(address)?.text(), 'có khóa')

  giveBack()

  assert.equal(resolveObjectURL(address), undefined)
})
