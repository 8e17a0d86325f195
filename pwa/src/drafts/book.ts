/** The book of this device's dossiers: what pages read, change and listen to. */
import { useEffect, useState } from 'preact/hooks'

import type { Definition } from '../form/definition.ts'
import type { Language } from '../words/say.ts'
import type { Dossier } from './dossier.ts'
import { openShelf, type Bytes, type Shelf } from './shelf.ts'
import { onSharedDevice } from './shared-device.ts'

/** Why the last change could not be kept on the device. */
export type Trouble = 'full' | 'storage' | null

const DAY = 86_400_000
/** Longer no draft is kept, here and at the office. */
export const KEPT_DAYS = 30
/** What we promise on the screen; some browsers clear a site after seven days without a visit. */
export const PROMISED_DAYS = 7

let opened: Promise<{ shelf: Shelf; lasting: boolean }> | null = null
let dossiers = new Map<string, Dossier>()
let lasting = true
let trouble: Trouble = null
const listeners = new Set<() => void>()
const otherTabs = 'BroadcastChannel' in globalThis ? new BroadcastChannel('motcua') : null

/** Grows with each change, so that a page drawn just before one notices it. */
let edition = 0

function tell(): void {
  edition += 1
  for (const listener of listeners) listener()
}

function tellAll(): void {
  tell()
  if (lasting) otherTabs?.postMessage('changed')
}

async function readAll(shelf: Shelf): Promise<void> {
  dossiers = new Map((await shelf.all()).map((dossier) => [dossier.id, dossier]))
  tell()
}

async function begin(): Promise<{ shelf: Shelf; lasting: boolean }> {
  const found = await openShelf(onSharedDevice())
  lasting = found.lasting
  const now = Date.now()
  for (const dossier of await found.shelf.all()) {
    const old = now - dossier.savedAt > KEPT_DAYS * DAY
    if (old && !dossier.proof && !dossier.portal) await found.shelf.remove(dossier.id)
  }
  await readAll(found.shelf)
  if (otherTabs !== null) otherTabs.onmessage = () => void readAll(found.shelf)
  return found
}

async function shelf(): Promise<Shelf> {
  opened ??= begin()
  return (await opened).shelf
}

const keyOf = (code: string, version: string, unit: string | undefined, language: Language): string =>
  [code, version, unit, ...(language === 'vi' ? [] : [language])].join()

/** Keep trouble for the pages to tell; a full phone is the person's to mend. */
function troubled(error: unknown): never {
  trouble = error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'storage'
  tell()
  throw error
}

export const book = {
  /** Open the shelf; pages read after that. */
  async ready(): Promise<void> {
    await shelf()
  },
  /** False where nothing outlives this page. */
  lasting: (): boolean => lasting,
  trouble: (): Trouble => trouble,
  get: (id: string): Dossier | null => dossiers.get(id) ?? null,
  list: (): Dossier[] => [...dossiers.values()].sort((a, b) => b.savedAt - a.savedAt),

  async add(dossier: Dossier): Promise<void> {
    await (await shelf()).add(dossier).catch(troubled)
    dossiers.set(dossier.id, dossier)
    tellAll()
  },

  async change(id: string, how: (dossier: Dossier) => Dossier): Promise<Dossier | null> {
    const after = await (await shelf()).change(id, how).catch(troubled)
    if (after !== null) dossiers.set(id, after)
    trouble = null
    tellAll()
    return after
  },

  async remove(id: string): Promise<void> {
    await (await shelf()).remove(id)
    dossiers.delete(id)
    tellAll()
  },

  async putBytes(id: string, sha256: string, file: Bytes): Promise<void> {
    await (await shelf()).putBytes(id, sha256, file).catch(troubled)
  },
  bytes: async (id: string, sha256: string): Promise<Bytes | null> =>
    (await shelf()).bytes(id, sha256),
  dropBytes: async (id: string, sha256?: string): Promise<void> =>
    (await shelf()).dropBytes(id, sha256),

  /** A draft keeps the version it was begun with, also without network. */
  async putDefinition(definition: Definition): Promise<void> {
    const { code, version, unit, language = 'vi' } = definition
    await (await shelf()).putDefinition(keyOf(code, version, unit?.code, language), definition)
  },
  /** The form of a locked file is this one draft's alone, and gives way to the office's. */
  async putBorrowed(id: string, definition: Definition): Promise<void> {
    await (await shelf()).putDefinition(id, definition)
  },
  /** In the language wanted, else as it is there: questions and rules are the same. */
  async definition({ id, procedure, version, unit, borrowed }: Dossier, wanted: Language = 'vi'): Promise<Definition | null> {
    const kept = await shelf()
    const other = wanted === 'vi' ? 'en' : 'vi'
    return (
      (await kept.definition(keyOf(procedure, version, unit.code, wanted))) ??
      (await kept.definition(keyOf(procedure, version, unit.code, other))) ??
      (borrowed === true ? await kept.definition(id) : null)
    )
  },

  onChange(listener: () => void): () => void {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  },
}

/** Something of the book, drawn again when it changes. */
export function useBook<Value>(read: () => Value): Value {
  const [drawn, redraw] = useState(edition)
  useEffect(() => {
    if (drawn !== edition) redraw(edition)
    return book.onChange(() => redraw(edition))
  }, [])
  return read()
}
