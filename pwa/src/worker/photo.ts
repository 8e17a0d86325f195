/**
 * The photo worker: upright, at most 1600 px, JPEG; a look whether it can be read; then its hash.
 *
 * Drawing anew also drops where and with what the photo was taken. One photo at a time, and each
 * canvas is let go at once, because phones have little memory.
 */
import { look, LOOKED_AT } from './look.ts'
import type { Hint, PhotoAnswer, PhotoAsked } from './messages.ts'

const LONGEST = 1600
const QUALITIES = [0.8, 0.65, 0.5]
const MOST_BYTES = 500_000

type Drawable = OffscreenCanvas | ImageBitmap

/** Draw a picture on white, its longer side at most so long, turned to the left if wanted. */
function drawn(picture: Drawable, longest: number, turn = false): OffscreenCanvas | null {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height))
  const width = Math.max(1, Math.round(picture.width * scale))
  const height = Math.max(1, Math.round(picture.height * scale))
  const canvas = turn ? new OffscreenCanvas(height, width) : new OffscreenCanvas(width, height)
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  if (turn) pen.transform(0, -1, 1, 0, 0, width)
  pen.drawImage(picture, 0, 0, width, height)
  return canvas
}

function letGo(canvas: OffscreenCanvas | null): void {
  if (canvas !== null) canvas.width = canvas.height = 0
}

function lookedAt(canvas: OffscreenCanvas): Hint | null {
  const copy = drawn(canvas, LOOKED_AT)
  const seen = copy?.getContext('2d')?.getImageData(0, 0, copy.width, copy.height)
  letGo(copy)
  return seen === undefined ? null : look(seen.data, seen.width, seen.height)
}

/** As good as it may be within the size that travels well. */
async function written(canvas: OffscreenCanvas): Promise<ArrayBuffer> {
  let jpeg = new Blob()
  for (const quality of QUALITIES) {
    jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality })
    if (jpeg.size <= MOST_BYTES) break
  }
  return jpeg.arrayBuffer()
}

async function shrink(asked: PhotoAsked): Promise<{ small: ArrayBuffer; hint: Hint | null } | null> {
  if (!asked.mediaType.startsWith('image/')) return null
  const blob = new Blob([asked.bytes], { type: asked.mediaType })
  const picture = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) return null
  const canvas = drawn(picture, LONGEST, asked.turn)
  picture.close()
  if (canvas === null) return null
  const hint = lookedAt(canvas)
  const small = await written(canvas)
  letGo(canvas)
  return { small, hint }
}

async function hash(bytes: ArrayBuffer): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function prepare(asked: PhotoAsked): Promise<PhotoAnswer> {
  const made = await shrink(asked).catch(() => null)
  const bytes = made?.small ?? asked.bytes
  const mediaType = made === null ? asked.mediaType : 'image/jpeg'
  const { id } = asked
  return { id, bytes, mediaType, sha256: await hash(bytes), shrunk: made !== null, hint: made?.hint ?? null }
}

let line: Promise<unknown> = Promise.resolve()

addEventListener('message', (event: MessageEvent<PhotoAsked>) => {
  const { id } = event.data
  line = line
    .then(() => prepare(event.data))
    .catch((): PhotoAnswer => ({ id, failed: true }))
    .then((answer) => {
      const moved = 'bytes' in answer ? [answer.bytes] : []
      postMessage(answer, { transfer: moved })
    })
})
