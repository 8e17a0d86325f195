/**
 * The wallet of own papers (túi giấy tờ): photos kept for the next dossier, on this device alone.
 *
 * It is there only when the person made it, and opens with the code they chose. Code and key are
 * kept nowhere: the key stays in memory until the page closes, or ten minutes after its last use.
 */
import { chest as ownChest, type Chest } from './chest.ts'
import { kindOf } from './photo-kind.ts'
import { hashOf, joined, keyOf, newSalt, seal, unseal, type Octets } from './sealing.ts'

const PATIENCE = 10 * 60_000
const LEAST_DIGITS = 6
const CHECK = new TextEncoder().encode('motcua')

/** One photographed page; `original` when the phone could not make it small. */
export interface KeptPage {
  sha256: string
  mediaType: string
  name: string
  original: boolean
  bytes: ArrayBuffer
}

interface Listed {
  name: string
  keptAt: number
  pages: (Omit<KeptPage, 'bytes'> & { size: number })[]
}

export interface Kept {
  id: string
  name: string
  keptAt: number
  pages: number
}

/** Why a code is not taken for a new wallet; null when it will do. */
export function weakness(code: string): 'short' | 'easy' | null {
  const digits = code.replace(/\D/g, '')
  if (digits.length < LEAST_DIGITS) return 'short'
  const steps = new Set([...digits].slice(1).map((digit, index) => Number(digit) - Number(digits[index])))
  const counts = steps.size === 1 && (steps.has(1) || steps.has(-1))
  const repeats = /^(\d+?)\1+$/.test(digits)
  return counts || repeats ? 'easy' : null
}

const text = (value: unknown): Octets => new TextEncoder().encode(JSON.stringify(value))

type Later = (work: () => void, wait: number) => unknown

export class Wallet {
  readonly #chest: Chest
  readonly #now: () => number
  readonly #later: Later
  #key: CryptoKey | null = null
  #salt: Octets = new Uint8Array()
  #until = 0

  constructor(chest: Chest, now: () => number, later: Later) {
    this.#chest = chest
    this.#now = now
    this.#later = later
  }

  async isThere(): Promise<boolean> {
    return (await this.#chest.lock()) !== null
  }

  /** Told by the clock, as a timer sleeps while the phone does; the key goes with it. */
  isOpen(): boolean {
    if (this.#now() >= this.#until) this.close()
    return this.#key !== null
  }

  /** Make the wallet and open it; where another tab was first, its code holds. */
  async make(digits: string): Promise<boolean> {
    const salt = newSalt()
    const key = await keyOf(digits, salt)
    if (!(await this.#chest.setLock({ salt, check: await seal(key, CHECK, salt) }))) return this.open(digits)
    this.#salt = salt
    this.#hold(key)
    return true
  }

  async open(digits: string): Promise<boolean> {
    const lock = await this.#chest.lock()
    if (lock === null) return false
    const key = await keyOf(digits, lock.salt)
    if ((await unseal(key, lock.check, lock.salt)) === null) return false
    this.#salt = lock.salt
    this.#hold(key)
    return true
  }

  close(): void {
    this.#key = null
    this.#until = 0
  }

  /** What is kept, the newest first; what cannot be read is left out. */
  async list(): Promise<Kept[]> {
    const key = this.#held()
    const heads = await this.#chest.heads()
    const found = await Promise.all([...heads].map(async ([id, head]) => ({ id, listed: await listedIn(key, id, head) })))
    return found
      .flatMap(({ id, listed }) => (listed === null ? [] : [{ id, name: listed.name, keptAt: listed.keptAt, pages: listed.pages.length }]))
      .sort((one, other) => other.keptAt - one.keptAt)
  }

  /** Keep the pages of one paper; false when the same pages are there already. */
  async keep(name: string, pages: readonly KeptPage[]): Promise<boolean> {
    const key = this.#held()
    const sums = pages.map(({ sha256 }) => sha256).join()
    for (const [id, head] of await this.#chest.heads())
      if ((await listedIn(key, id, head))?.pages.map(({ sha256 }) => sha256).join() === sums) return false
    const id = crypto.randomUUID()
    const listed: Listed = {
      name,
      keptAt: this.#now(),
      pages: pages.map(({ sha256, mediaType, name, original, bytes }) => ({ sha256, mediaType, name, original, size: bytes.byteLength })),
    }
    const beside = new TextEncoder().encode(id)
    const body = joined(pages.map(({ bytes }) => bytes))
    if (await this.#chest.put(this.#salt, id, await seal(key, text(listed), beside), await seal(key, body, beside))) return true
    this.close()
    throw new Error('wallet: wiped elsewhere')
  }

  /** The pages of a paper, each what its hash says; null when it cannot be read any more. */
  async take(id: string): Promise<KeptPage[] | null> {
    const key = this.#held()
    const head = (await this.#chest.heads()).get(id)
    const sealed = await this.#chest.body(id)
    const listed = head === undefined ? null : await listedIn(key, id, head)
    const body = sealed === null ? null : await unseal(key, sealed, new TextEncoder().encode(id))
    return listed === null || body === null ? null : parted(listed, body)
  }

  remove(id: string): Promise<void> {
    return this.#chest.remove(id)
  }

  /** Everything away, the code too: open to whoever forgot it. */
  async wipe(): Promise<void> {
    await this.#chest.clear()
    this.close()
  }

  #hold(key: CryptoKey): void {
    this.#key = key
    this.#until = this.#now() + PATIENCE
    this.#later(() => this.isOpen(), PATIENCE + 1_000)
  }

  #held(): CryptoKey {
    if (this.#key === null || !this.isOpen()) throw new Error('wallet: closed')
    this.#hold(this.#key)
    return this.#key
  }
}

async function listedIn(key: CryptoKey, id: string, head: Octets): Promise<Listed | null> {
  const plain = await unseal(key, head, new TextEncoder().encode(id))
  return plain === null ? null : (JSON.parse(new TextDecoder().decode(plain)) as Listed)
}

async function parted({ pages }: Listed, body: ArrayBuffer): Promise<KeptPage[] | null> {
  const found: KeptPage[] = []
  let at = 0
  for (const { size, ...page } of pages) {
    const bytes = body.slice(at, at + size)
    if (kindOf(bytes) !== page.mediaType || (await hashOf(bytes)) !== page.sha256) return null
    found.push({ ...page, bytes })
    at += size
  }
  return found
}

export const wallet = new Wallet(ownChest, Date.now, (work, wait) => setTimeout(work, wait))
