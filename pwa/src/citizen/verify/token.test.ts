import assert from 'node:assert/strict'
import { test } from 'node:test'

import { check, isCut } from './token.ts'

const CLAIMS = { v: 1, kind: 'receipt', code: 'ABCD2345EFGH6', unit: 'om', at: '2026-11-22', digest: 'x' }
const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')

async function signed(kid: string) {
  const way = { name: 'ECDSA', namedCurve: 'P-256' }
  const pair = await crypto.subtle.generateKey(way, true, ['sign', 'verify'])
  const text = `${encoded({ alg: 'ES256', kid })}.${encoded(CLAIMS)}`
  const mark = await crypto.subtle.sign(
    { name: 'ECDSA', hash: 'SHA-256' },
    pair.privateKey,
    new TextEncoder().encode(text),
  )
  const jwk = { ...(await crypto.subtle.exportKey('jwk', pair.publicKey)), kid }
  return { token: `${text}.${Buffer.from(mark).toString('base64url')}`, jwk }
}

test('a token signed with a published key is genuine', async () => {
  const { token, jwk } = await signed('1')

  assert.deepEqual(await check(token, [jwk]), { is: 'genuine', claims: CLAIMS })
})

test('a token with other words under the same signature is forged', async () => {
  const { token, jwk } = await signed('1')
  const [head = '', , mark = ''] = token.split('.')
  const other = `${head}.${encoded({ ...CLAIMS, code: 'ZZZZ' })}.${mark}`

  assert.deepEqual(await check(other, [jwk]), { is: 'forged' })
})

test('a key that is not published is said to be unknown', async () => {
  const { token } = await signed('2')

  assert.deepEqual(await check(token, []), { is: 'unknown-key' })
})

test('a token without signature is forged', async () => {
  const token = `${encoded({ alg: 'none' })}.${encoded(CLAIMS)}.`

  assert.deepEqual(await check(token, []), { is: 'forged' })
})

test('an empty token or one without its end is cut, a whole one is not', async () => {
  const { token } = await signed('1')
  const [head = '', body = ''] = token.split('.')

  for (const cut of ['', head, `${head}.${body}`, `${head}.${body}.`, token.slice(0, -1)]) assert.equal(isCut(cut), true, cut)
  assert.equal(isCut(token), false)
})

test('junk is forged', async () => {
  assert.deepEqual(await check('%%%', []), { is: 'forged' })
})
