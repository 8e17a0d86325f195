/** Which files a paper makes: photos that follow each other are one PDF, what was a file stays one. */
import type { Bytes } from '../../drafts/shelf.ts'
import { jpegOf, pdfOf, type Jpeg } from './pdf.ts'

export interface FileMade {
  blob: Blob
  ending: string
  /** How many photos it joins; 0 for a file that stays as it was chosen. */
  pages: number
}

const ENDINGS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'image/heic': 'heic',
  'image/jpeg': 'jpg',
  'image/png': 'png',
}

/** A picture of another kind is drawn anew, where the browser can. */
export type Redraw = (file: Bytes) => Promise<ArrayBuffer | null>

async function redrawn({ bytes, mediaType }: Bytes): Promise<ArrayBuffer | null> {
  const picture = await createImageBitmap(new Blob([bytes], { type: mediaType })).catch(() => null)
  if (picture === null) return null
  const canvas = new OffscreenCanvas(picture.width, picture.height)
  const pen = canvas.getContext('2d')
  if (pen === null) return null
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0)
  picture.close()
  return (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 })).arrayBuffer()
}

/** A page as a photo that a PDF holds; null for what is no picture or cannot be opened here. */
async function photoOf(file: Bytes, redraw: Redraw): Promise<Jpeg | null> {
  if (!file.mediaType.startsWith('image/')) return null
  const plain = jpegOf(file.bytes)
  if (plain !== null) return plain
  const drawn = await redraw(file).catch(() => null)
  return drawn === null ? null : jpegOf(drawn)
}

const joined = (photos: readonly Jpeg[]): FileMade => ({ blob: pdfOf(photos), ending: 'pdf', pages: photos.length })

const asItIs = ({ bytes, mediaType }: Bytes): FileMade => ({
  blob: new Blob([bytes], { type: mediaType }),
  ending: ENDINGS[mediaType] ?? 'bin',
  pages: 0,
})

/** In the order of the pages. */
export async function filesFor(pages: readonly Bytes[], redraw: Redraw = redrawn): Promise<FileMade[]> {
  const made: FileMade[] = []
  let photos: Jpeg[] = []
  const close = (): void => {
    if (photos.length > 0) made.push(joined(photos))
    photos = []
  }
  for (const page of pages) {
    const photo = await photoOf(page, redraw)
    if (photo !== null) photos.push(photo)
    else {
      close()
      made.push(asItIs(page))
    }
  }
  close()
  return made
}
