/** Photos on their way into a dossier: made small and hashed by the photo worker, then kept. */
import { trusted } from '../api/trusted.ts'
import type { PhotoAnswer, PhotoReady } from '../worker/messages.ts'
import address from '../worker/photo.ts?worker&url'
import { book } from './book.ts'
import type { Page } from './dossier.ts'
import { kindOf } from './photo-kind.ts'

/** The list that both sides use (`GET /api/v1/limits`), as it was when this was built. */
export const MOST_BYTES = 12 * 1024 * 1024
const NAMED = /^(image\/(jpeg|png|heic|heif|webp)|application\/pdf)$/
/** Kinds that only the phone can open; what it cannot open of them is sent to nobody. */
const OPENED_HERE = 'image/webp'
const PATIENCE = 45_000

type Refused = 'kind' | 'big' | 'unread'

let worker: Worker | null = null
let last = 0
const waiting = new Map<number, (answer: PhotoAnswer) => void>()

function theWorker(): Worker {
  if (worker !== null) return worker
  worker = new Worker(trusted(address), { type: 'module' })
  worker.onmessage = (event: MessageEvent<PhotoAnswer>) => {
    waiting.get(event.data.id)?.(event.data)
    waiting.delete(event.data.id)
  }
  worker.onerror = giveUp
  return worker
}

/** A worker that dies takes nothing with it: the waiting photos are reported, a new one comes. */
function giveUp(): void {
  for (const [id, tell] of waiting) tell({ id, failed: true })
  waiting.clear()
  worker?.terminate()
  worker = null
}

function prepare(bytes: ArrayBuffer, mediaType: string, turn = false): Promise<PhotoAnswer> {
  return new Promise((resolve) => {
    const id = ++last
    waiting.set(id, resolve)
    setTimeout(() => waiting.has(id) && giveUp(), PATIENCE)
    theWorker().postMessage({ id, bytes, mediaType, turn }, [bytes])
  })
}

/** Take one file into a dossier; resolves when it is safely kept on this device. */
export async function takeIn(dossier: string, file: File): Promise<Page | Refused> {
  const original = await file.arrayBuffer().catch(() => null)
  if (original === null) return 'unread'
  const kind = kindOf(original)
  if (kind === null && !NAMED.test(file.type)) return 'kind'
  const answer = await prepare(original, kind ?? file.type)
  if ('failed' in answer) return 'unread'
  return keep(dossier, file.name, answer)
}

/** Turn a page to the left by a quarter; null when this device cannot. */
export async function turned(dossier: string, page: Page): Promise<Page | null> {
  const kept = await book.bytes(dossier, page.sha256)
  if (kept === null) return null
  const answer = await prepare(kept.bytes, kept.mediaType, true)
  if ('failed' in answer || !answer.shrunk) return null
  const made = await keep(dossier, page.name, answer)
  return typeof made === 'string' ? null : made
}

async function keep(dossier: string, fileName: string, ready: PhotoReady): Promise<Page | Refused> {
  const { bytes, sha256, shrunk, hint } = ready
  const mediaType = kindOf(bytes)
  if (mediaType === null) return ready.mediaType === OPENED_HERE ? 'kind' : 'unread'
  const size = bytes.byteLength
  if (size > MOST_BYTES) return 'big'
  await book.putBytes(dossier, sha256, { bytes, mediaType })
  const name = shrunk ? fileName.replace(/\.\w+$/, '') + '.jpg' : fileName
  return { sha256, size, media_type: mediaType, name: name.slice(0, 100), original: !shrunk, hint }
}
