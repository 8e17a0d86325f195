/**
 * The scan worker: a picture in, the text of its QR code out. Nothing is kept here, and the page
 * ends the worker when it has what it wants.
 *
 * The device's own detector is asked first, where it answers; else our decoder.
 */
import type { ScanAnswer, ScanAsked } from './messages.ts'
import { readCode } from './read-code.ts'

interface Detector {
  detect(picture: ImageBitmap): Promise<{ rawValue: string }[]>
}

interface Detecting {
  BarcodeDetector?: {
    new (options: { formats: string[] }): Detector
    getSupportedFormats(): Promise<string[]>
  }
}

/** Some in-app browsers promise and never answer. */
const PATIENCE = 3000
/** The longest side that is searched: a live frame as it is, a photo also in finer grain. */
const SIDES = { quick: [1280], thorough: [1600, 3200] } as const

function inTime<Answer>(promise: Promise<Answer>): Promise<Answer> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, PATIENCE, new Error('late')))
  return Promise.race([promise, late])
}

async function findDetector(): Promise<Detector | null> {
  const { BarcodeDetector } = globalThis as Detecting
  if (BarcodeDetector === undefined) return null
  const formats = await inTime(BarcodeDetector.getSupportedFormats()).catch((): string[] => [])
  return formats.includes('qr_code') ? new BarcodeDetector({ formats: ['qr_code'] }) : null
}

let detector: Promise<Detector | null> | null = null

async function detected(picture: ImageBitmap): Promise<string | null> {
  const native = await (detector ??= findDetector())
  if (native === null) return null
  try {
    return (await inTime(native.detect(picture)))[0]?.rawValue ?? null
  } catch {
    detector = Promise.resolve(null)
    return null
  }
}

function decoded(picture: ImageBitmap, side: number, thorough: boolean): string | null {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height))
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)]
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (pen === null) return null
  pen.drawImage(picture, 0, 0, width, height)
  return readCode(pen.getImageData(0, 0, width, height).data, width, height, thorough)
}

async function read({ picture, thorough }: ScanAsked): Promise<string | null> {
  const native = await detected(picture)
  if (native !== null) return native
  for (const side of SIDES[thorough ? 'thorough' : 'quick']) {
    const text = decoded(picture, side, thorough)
    if (text !== null || Math.max(picture.width, picture.height) <= side) return text
  }
  return null
}

addEventListener('message', (event: MessageEvent<ScanAsked>) => {
  const { id, picture } = event.data
  void read(event.data)
    .catch(() => null)
    .then((text) => {
      picture.close()
      const answer: ScanAnswer = { id, text }
      postMessage(answer)
    })
})
