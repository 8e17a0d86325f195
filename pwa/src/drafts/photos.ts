/** Photos on their way into a dossier: made small and hashed by the photo worker, then kept. */
import { trusted } from '../api/trusted.ts'
import type { PhotoAnswer, PhotoReady } from '../worker/messages.ts'
import address from '../worker/photo.ts?worker&url'
import { book } from './book.ts'
import type { Page } from './dossier.ts'
import { isTaken } from './photo-kind.ts'

/** The list that both sides use (`GET /api/v1/limits`), as it was when this was built. */
export const MOST_BYTES = 12 * 1024 * 1024
const TAKEN = /^(image\/(jpeg|png|heic|heif|webp)|application\/pdf)$/
const SENT = /^(image\/(jpeg|png|heic)|application\/pdf)$/
const PATIENCE = 45_000

export type Refused = 'kind' | 'big' | 'unread'

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

function prepare(bytes: ArrayBuffer, mediaType: string): Promise<PhotoAnswer> {
  return new Promise((resolve) => {
    const id = ++last
    waiting.set(id, resolve)
    setTimeout(() => waiting.has(id) && giveUp(), PATIENCE)
    theWorker().postMessage({ id, bytes, mediaType }, [bytes])
  })
}

/** Some phones name HEIC by its family, or not at all. */
function typeOf(file: File): string {
  const heic = file.type === 'image/heif' || (file.type === '' && /\.hei[cf]$/i.test(file.name))
  return heic ? 'image/heic' : file.type
}

/** Take one file into a dossier; resolves when it is safely kept on this device. */
export async function takeIn(dossier: string, file: File): Promise<Page | Refused> {
  const mediaType = typeOf(file)
  if (!TAKEN.test(mediaType)) return 'kind'
  const original = await file.arrayBuffer().catch(() => null)
  if (original === null) return 'unread'
  const answer = await prepare(original, mediaType)
  if ('failed' in answer) return 'unread'
  return keep(dossier, file.name, answer)
}

async function keep(dossier: string, fileName: string, ready: PhotoReady): Promise<Page | Refused> {
  const { bytes, mediaType, sha256, shrunk } = ready
  if (!SENT.test(mediaType)) return 'kind'
  if (!isTaken(bytes)) return 'unread'
  const size = bytes.byteLength
  if (size > MOST_BYTES) return 'big'
  await book.putBytes(dossier, sha256, { bytes, mediaType })
  const name = shrunk ? fileName.replace(/\.\w+$/, '') + '.jpg' : fileName
  return { sha256, size, media_type: mediaType, name: name.slice(0, 100), original: !shrunk }
}
