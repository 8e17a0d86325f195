/** Where dossiers lie on this device: IndexedDB on one's own phone, memory on a shared one. */
import type { Definition } from '../form/definition.ts'
import type { Dossier } from './dossier.ts'

export interface Bytes {
  /** Never a Blob: some browsers refuse to keep Blobs in private windows. */
  bytes: ArrayBuffer
  mediaType: string
}

export interface Shelf {
  all(): Promise<Dossier[]>
  add(dossier: Dossier): Promise<void>
  /** Read, change and write in one step, so that two tabs never undo each other. */
  change(id: string, how: (dossier: Dossier) => Dossier): Promise<Dossier | null>
  /** With its files, and the form that came with it. */
  remove(id: string): Promise<void>
  putBytes(id: string, sha256: string, file: Bytes): Promise<void>
  bytes(id: string, sha256: string): Promise<Bytes | null>
  dropBytes(id: string, sha256?: string): Promise<void>
  putDefinition(key: string, definition: Definition): Promise<void>
  definition(key: string): Promise<Definition | null>
}

const NAME = 'motcua'
const VERSION = 1
const DOSSIERS = 'dossiers'
const BYTES = 'bytes'
const DEFINITIONS = 'definitions'

const place = (id: string, sha256: string): string => `${id}/${sha256}`

/** All keys of one dossier's files. */
const ofDossier = (id: string): IDBKeyRange => IDBKeyRange.bound(`${id}/`, `${id}/\uffff`)

/** What a request of the device's storage gives. */
export function answer<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error ?? new Error('storage'))
  })
}

/** The end of a transaction: what it wrote lasts. */
export function finished(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error ?? new Error('storage'))
    transaction.onerror = () => reject(transaction.error ?? new Error('storage'))
  })
}

/** The device's own database; opened again whenever the system has closed it. */
class Cupboard implements Shelf {
  #database: Promise<IDBDatabase> | null = null

  #open(): Promise<IDBDatabase> {
    this.#database ??= new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(NAME, VERSION)
      request.onupgradeneeded = () => {
        request.result.createObjectStore(DOSSIERS, { keyPath: 'id' })
        request.result.createObjectStore(BYTES)
        request.result.createObjectStore(DEFINITIONS)
      }
      request.onerror = () => reject(request.error ?? new Error('storage'))
      request.onsuccess = () => {
        const database = request.result
        const forget = (): void => {
          this.#database = null
        }
        database.onclose = forget
        database.onversionchange = () => {
          database.close()
          forget()
        }
        resolve(database)
      }
    })
    this.#database.catch(() => {
      this.#database = null
    })
    return this.#database
  }

  async #in<Value>(
    store: string,
    mode: IDBTransactionMode,
    work: (store: IDBObjectStore) => Promise<Value>,
  ): Promise<Value> {
    const begin = async (): Promise<IDBTransaction> => (await this.#open()).transaction(store, mode)
    const transaction = await begin().catch(() => {
      this.#database = null
      return begin()
    })
    const end = finished(transaction)
    const [value] = await Promise.all([work(transaction.objectStore(store)), end])
    return value
  }

  all(): Promise<Dossier[]> {
    return this.#in(DOSSIERS, 'readonly', (store) => answer(store.getAll() as IDBRequest<Dossier[]>))
  }

  async add(dossier: Dossier): Promise<void> {
    await this.#in(DOSSIERS, 'readwrite', (store) => answer(store.put(dossier)))
  }

  change(id: string, how: (dossier: Dossier) => Dossier): Promise<Dossier | null> {
    return this.#in(DOSSIERS, 'readwrite', async (store) => {
      const before = (await answer(store.get(id))) as Dossier | undefined
      if (before === undefined) return null
      const after = how(before)
      await answer(store.put(after))
      return after
    })
  }

  async remove(id: string): Promise<void> {
    await this.#in(DOSSIERS, 'readwrite', (store) => answer(store.delete(id)))
    await this.#in(DEFINITIONS, 'readwrite', (store) => answer(store.delete(id)))
    await this.dropBytes(id)
  }

  async putBytes(id: string, sha256: string, file: Bytes): Promise<void> {
    await this.#in(BYTES, 'readwrite', (store) => answer(store.put(file, place(id, sha256))))
  }

  bytes(id: string, sha256: string): Promise<Bytes | null> {
    return this.#in(BYTES, 'readonly', async (store) => {
      const found = (await answer(store.get(place(id, sha256)))) as Bytes | undefined
      return found ?? null
    })
  }

  async dropBytes(id: string, sha256?: string): Promise<void> {
    const which = sha256 === undefined ? ofDossier(id) : place(id, sha256)
    await this.#in(BYTES, 'readwrite', (store) => answer(store.delete(which)))
  }

  async putDefinition(key: string, definition: Definition): Promise<void> {
    await this.#in(DEFINITIONS, 'readwrite', (store) => answer(store.put(definition, key)))
  }

  definition(key: string): Promise<Definition | null> {
    return this.#in(DEFINITIONS, 'readonly', async (store) => {
      const found = (await answer(store.get(key))) as Definition | undefined
      return found ?? null
    })
  }
}

/** Nothing outlives the page: for shared devices, and where the browser keeps nothing. */
class Memory implements Shelf {
  readonly #dossiers = new Map<string, Dossier>()
  readonly #bytes = new Map<string, Bytes>()
  readonly #definitions = new Map<string, Definition>()

  async all(): Promise<Dossier[]> {
    return [...this.#dossiers.values()]
  }

  async add(dossier: Dossier): Promise<void> {
    this.#dossiers.set(dossier.id, dossier)
  }

  async change(id: string, how: (dossier: Dossier) => Dossier): Promise<Dossier | null> {
    const before = this.#dossiers.get(id)
    if (before === undefined) return null
    const after = how(before)
    this.#dossiers.set(id, after)
    return after
  }

  async remove(id: string): Promise<void> {
    this.#dossiers.delete(id)
    this.#definitions.delete(id)
    await this.dropBytes(id)
  }

  async putBytes(id: string, sha256: string, file: Bytes): Promise<void> {
    this.#bytes.set(place(id, sha256), file)
  }

  async bytes(id: string, sha256: string): Promise<Bytes | null> {
    return this.#bytes.get(place(id, sha256)) ?? null
  }

  async dropBytes(id: string, sha256?: string): Promise<void> {
    const begin = place(id, sha256 ?? '')
    for (const key of this.#bytes.keys()) if (key.startsWith(begin)) this.#bytes.delete(key)
  }

  async putDefinition(key: string, definition: Definition): Promise<void> {
    this.#definitions.set(key, definition)
  }

  async definition(key: string): Promise<Definition | null> {
    return this.#definitions.get(key) ?? null
  }
}

/** Open the device's shelf; where it keeps nothing, memory with `lasting` false. */
export async function openShelf(shared: boolean): Promise<{ shelf: Shelf; lasting: boolean }> {
  if (shared) return { shelf: new Memory(), lasting: false }
  const shelf = new Cupboard()
  try {
    await shelf.all()
    return { shelf, lasting: true }
  } catch {
    return { shelf: new Memory(), lasting: false }
  }
}
