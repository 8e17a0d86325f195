import assert from 'node:assert/strict'
import { test } from 'node:test'

import { intentOf, mayNotSave } from './browser.ts'
import { inApp } from './inside.ts'

const CHROME = 'Mozilla/5.0 (Linux; Android 13; SM-A145F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36'
const ZALO = `${CHROME} Zalo android/24110 ZaloTheme/light ZaloLanguage/vi`
const FACEBOOK = `${CHROME} [FBAN/EMA;FBLC/vi_VN;FBAV/430.0.0.9.113;]`
const WEBVIEW = 'Mozilla/5.0 (Linux; Android 13; SM-A145F; wv) AppleWebKit/537.36 Chrome/156.0.0.0 Mobile Safari/537.36'
const SAFARI = 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 Version/17.4 Mobile/15E148 Safari/604.1'

for (const [name, agent, inside] of [
  ['Zalo', ZALO, true],
  ['Facebook', FACEBOOK, true],
  ['a web view', WEBVIEW, true],
  ['Chrome', CHROME, false],
  ['Safari', SAFARI, false],
] as const) {
  test(`${name} is ${inside ? 'a page inside another app' : 'a browser of its own'}`, () => {
    assert.equal(inApp(agent), inside)
  })
}

test('the way to the browser of Android keeps the key where no server sees it', () => {
  const intent = intentOf('https://motcua.example/h#ID.KEY', ZALO) ?? ''

  const [address = '', rest = ''] = [intent.slice(0, intent.lastIndexOf('#')), intent.slice(intent.lastIndexOf('#'))]
  assert.equal(address, 'intent://motcua.example/h#ID.KEY')
  assert.match(rest, /^#Intent;scheme=https;action=android\.intent\.action\.VIEW;.*;end$/)
})

test('an iPhone has no such way', () => {
  assert.equal(intentOf('https://motcua.example/h#ID.KEY', SAFARI), null)
})

/** A browser that has all of these. */
function able(...what: readonly ('download' | 'serviceWorker' | 'Notification')[]): void {
  class HTMLAnchorElement {}
  if (what.includes('download')) Object.assign(HTMLAnchorElement.prototype, { download: '' })
  const navigator = what.includes('serviceWorker') ? { serviceWorker: {} } : {}
  for (const [name, value] of Object.entries({ HTMLAnchorElement, navigator }))
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true })
  Reflect.deleteProperty(globalThis, 'Notification')
  if (what.includes('Notification')) Object.assign(globalThis, { Notification: class {} })
}

test('a whole browser saves files, an app that says its name may not', () => {
  able('download', 'serviceWorker', 'Notification')

  assert.equal(mayNotSave(CHROME), false)
  assert.equal(mayNotSave(ZALO), true)
})

test('an app that hides its name is known by what its view lacks', () => {
  able('download', 'serviceWorker')
  assert.equal(mayNotSave(CHROME), true)
  assert.equal(mayNotSave(SAFARI), false)

  able('download', 'Notification')
  assert.equal(mayNotSave(SAFARI), true)

  able('serviceWorker', 'Notification')
  assert.equal(mayNotSave(CHROME), true)
})
