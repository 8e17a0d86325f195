/** Where the wallet lies: a database of its own, so that drafts know nothing of it. Everything in it is sealed. */
import type { Octets } from './sealing.ts'
import { answer, finished } from './shelf.ts'

/** What tells whether a code is the right one. */
export interface Lock {
  salt: Octets
  check: Octets
}

export interface Chest {
  lock(): Promise<Lock | null>
  /** Set the lock where there is none yet; tells whether it was set. */
  setLock(lock: Lock): Promise<boolean>
  heads(): Promise<ReadonlyMap<string, Octets>>
  body(id: string): Promise<Octets | null>
  /** Keep a paper, while the lock with this salt is there: another tab may have wiped it. */
  put(salt: Octets, id: string, head: Octets, body: Octets): Promise<boolean>
  remove(id: string): Promise<void>
  clear(): Promise<void>
}

const NAME = 'motcua-tui'
const STORES = ['lock', 'heads', 'bodies'] as const
type Store = (typeof STORES)[number]

/** Opened for each work and closed after it: it is wanted seldom, and never stands in another tab's way. */
async function within<Value>(mode: IDBTransactionMode, work: (store: (name: Store) => IDBObjectStore) => Promise<Value>): Promise<Value> {
  const opening = indexedDB.open(NAME, 1)
  opening.onupgradeneeded = () => STORES.forEach((name) => opening.result.createObjectStore(name))
  const database = await answer(opening)
  try {
    const transaction = database.transaction(STORES, mode)
    const end = finished(transaction)
    const [value] = await Promise.all([work((name) => transaction.objectStore(name)), end])
    return value
  } finally {
    database.close()
  }
}

const HERE = 'here'

export const chest: Chest = {
  lock: () => within('readonly', async (store) => ((await answer(store('lock').get(HERE))) as Lock | undefined) ?? null),
  setLock: (lock) =>
    within('readwrite', async (store) => {
      if ((await answer(store('lock').count())) > 0) return false
      await answer(store('lock').put(lock, HERE))
      return true
    }),
  heads: () =>
    within('readonly', async (store) => {
      const [ids, heads] = await Promise.all([answer(store('heads').getAllKeys()), answer(store('heads').getAll() as IDBRequest<Octets[]>)])
      return new Map(ids.map((id, index) => [String(id), heads[index] as Octets]))
    }),
  body: (id) => within('readonly', async (store) => ((await answer(store('bodies').get(id))) as Octets | undefined) ?? null),
  put: (salt, id, head, body) =>
    within('readwrite', async (store) => {
      const lock = (await answer(store('lock').get(HERE))) as Lock | undefined
      if (lock?.salt.join() !== salt.join()) return false
      await Promise.all([answer(store('heads').put(head, id)), answer(store('bodies').put(body, id))])
      return true
    }),
  remove: (id) =>
    within('readwrite', async (store) => {
      await Promise.all([answer(store('heads').delete(id)), answer(store('bodies').delete(id))])
    }),
  clear: () =>
    within('readwrite', async (store) => {
      await Promise.all(STORES.map((name) => answer(store(name).clear())))
    }),
}
