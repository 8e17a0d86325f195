import assert from 'node:assert/strict'
import { test } from 'node:test'

import { isOlder } from './network.ts'

const page = (script: string): string => `<!doctype html><script type="module" src="/assets/${script}.js"></script>`

test('a page whose script is served no more is older than what is served', () => {
  assert.equal(isOlder(page('first-NEW'), '/assets/first-OLD.js'), true)
  assert.equal(isOlder(page('first-OLD'), '/assets/first-OLD.js'), false)
})

test('a sign-in page of a café or a fault of the server says nothing of versions', () => {
  assert.equal(isOlder('<h1>Wi-Fi miễn phí</h1>', '/assets/first-OLD.js'), false)
  assert.equal(isOlder('{"type":"broken"}', '/assets/first-OLD.js'), false)
})
