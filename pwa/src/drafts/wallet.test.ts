import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'

import type { Chest, Lock } from './chest.ts'
import type { Octets } from './sealing.ts'
import { Wallet, weakness, type KeptPage } from './wallet.ts'

/** The chest in memory, with the same rules. */
function memory(): Chest & { bytes: () => string; swap: (one: string, other: string) => void } {
  let lock: Lock | null = null
  const heads = new Map<string, Octets>()
  const bodies = new Map<string, Octets>()
  return {
    lock: async () => lock,
    setLock: async (one) => {
      if (lock !== null) return false
      lock = one
      return true
    },
    heads: async () => heads,
    body: async (id) => bodies.get(id) ?? null,
    put: async (salt, id, head, body) => {
      if (lock?.salt.join() !== salt.join()) return false
      heads.set(id, head)
      bodies.set(id, body)
      return true
    },
    remove: async (id) => {
      heads.delete(id)
      bodies.delete(id)
    },
    clear: async () => {
      lock = null
      heads.clear()
      bodies.clear()
    },
    bytes: () => [...heads.values(), ...bodies.values()].map((part) => new TextDecoder('latin1').decode(part)).join(),
    swap: (one, other) => {
      const [first, second] = [bodies.get(one) as Octets, bodies.get(other) as Octets]
      bodies.set(one, second)
      bodies.set(other, first)
    },
  }
}

function page(...bytes: number[]): KeptPage {
  const all = new Uint8Array([0xff, 0xd8, 0xff, ...new Array<number>(12).fill(0), ...bytes])
  const sha256 = createHash('sha256').update(all).digest('hex')
  return { sha256, mediaType: 'image/jpeg', name: 'can-cuoc.jpg', original: false, bytes: all.buffer }
}

const CODE = '271 950'

const walletIn = (chest: Chest, now: () => number = () => 0): Wallet => new Wallet(chest, now, () => undefined)

test('what was kept is taken out whole, after the wallet was closed and opened with its code', async () => {
  const chest = memory()
  const first = walletIn(chest)
  await first.make(CODE)
  assert.equal(await first.keep('Căn cước của mẹ', [page(1), page(2)]), true)

  const later = walletIn(chest)
  assert.equal(await later.open('271950'), true)
  const [kept] = await later.list()

  assert.deepEqual([kept?.name, kept?.pages], ['Căn cước của mẹ', 2])
  assert.deepEqual(await later.take(kept?.id ?? ''), [page(1), page(2)])
})

test('another code opens nothing, and a closed wallet gives nothing', async () => {
  const wallet = walletIn(memory())
  await wallet.make(CODE)
  wallet.close()

  assert.equal(await wallet.open('271951'), false)
  assert.equal(wallet.isOpen(), false)
  await assert.rejects(wallet.list())
  await assert.rejects(wallet.keep('x', [page(1)]))
})

test('ten minutes after its last use it is closed', async () => {
  let now = 0
  const wallet = walletIn(memory(), () => now)
  await wallet.make(CODE)

  now = 9 * 60_000
  await wallet.list()
  now = 18 * 60_000
  assert.equal(wallet.isOpen(), true)
  now = 19 * 60_000
  assert.equal(wallet.isOpen(), false)
})

test('the key goes by itself when its time is over, and no clock set back brings it again', async () => {
  let now = 0
  const waiting: (() => void)[] = []
  const wallet = new Wallet(memory(), () => now, (work, wait) => waiting.push(() => { now = wait; work() }))
  await wallet.make(CODE)
  waiting.forEach((end) => end())
  now = 0

  assert.equal(wallet.isOpen(), false)
})

test('nothing of the papers can be read where they lie', async () => {
  const chest = memory()
  const wallet = walletIn(chest)
  await wallet.make(CODE)
  await wallet.keep('Căn cước', [page(1)])

  for (const word of ['can-cuoc', 'image/jpeg', page(1).sha256, '\u00ff\u00d8\u00ff\u0000\u0000']) assert.equal(chest.bytes().includes(word), false, word)
})

test('the same pages are kept once, and a paper that was changed or exchanged is not given out', async () => {
  const chest = memory()
  const wallet = walletIn(chest)
  await wallet.make(CODE)
  await wallet.keep('Một', [page(1)])

  assert.equal(await wallet.keep('Một lần nữa', [page(1)]), false)
  await wallet.keep('Hai', [page(2)])
  const [two, one] = await wallet.list()
  chest.swap(two?.id ?? '', one?.id ?? '')

  assert.equal(await wallet.take(one?.id ?? ''), null)
})

test('two tabs make one wallet: the first code holds', async () => {
  const chest = memory()
  const [one, other] = [walletIn(chest), walletIn(chest)]
  await one.make(CODE)

  assert.equal(await other.make('640282'), false)
  assert.equal(await other.make(CODE), true)
})

test('a wallet that another tab wiped keeps nothing more, and is closed', async () => {
  const chest = memory()
  const [one, other] = [walletIn(chest), walletIn(chest)]
  await one.make(CODE)
  await other.open(CODE)
  await other.wipe()

  await assert.rejects(one.keep('Một', [page(1)]))
  assert.equal(one.isOpen(), false)
  await other.make('640282')
  assert.deepEqual(await other.list(), [])
})

test('after everything is wiped another code makes a new wallet, and it is empty', async () => {
  const wallet = walletIn(memory())
  await wallet.make(CODE)
  await wallet.keep('Một', [page(1)])
  await wallet.wipe()

  assert.equal(await wallet.isThere(), false)
  assert.equal(await wallet.make('640282'), true)
  assert.deepEqual(await wallet.list(), [])
})

test('a code that anybody guesses first is not taken', () => {
  assert.deepEqual(['', '12 345', 'abcdef', '123456', '987654', '000000', '121212', '123123', '271950', '112233'].map(weakness), [
    'short', 'short', 'short', 'easy', 'easy', 'easy', 'easy', 'easy', null, null,
  ])
})
