/**
 * The photo worker: upright, at most 1600 px, JPEG; then its hash.
 *
 * Drawing anew also drops where and with what the photo was taken. One photo at a time, and each
 * canvas is let go at once, because phones have little memory.
 */
import type { PhotoAnswer, PhotoAsked } from './messages.ts'

const LONGEST = 1600
const QUALITY = 0.8

async function shrink(asked: PhotoAsked): Promise<ArrayBuffer | null> {
  if (!asked.mediaType.startsWith('image/')) return null
  const blob = new Blob([asked.bytes], { type: asked.mediaType })
  const picture = await createImageBitmap(blob, { imageOrientation: 'from-image' }).catch(() => null)
  if (picture === null) return null
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(picture.width * scale)),
    Math.max(1, Math.round(picture.height * scale)),
  )
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  picture.close()
  const jpeg = await canvas.convertToBlob({ type: 'image/jpeg', quality: QUALITY })
  canvas.width = canvas.height = 0
  return jpeg.arrayBuffer()
}

async function hash(bytes: ArrayBuffer): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function prepare(asked: PhotoAsked): Promise<PhotoAnswer> {
  const small = await shrink(asked).catch(() => null)
  const bytes = small ?? asked.bytes
  const mediaType = small === null ? asked.mediaType : 'image/jpeg'
  return { id: asked.id, bytes, mediaType, sha256: await hash(bytes), shrunk: small !== null }
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
