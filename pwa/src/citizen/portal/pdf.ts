/**
 * Pages of one paper as one PDF (mỗi giấy một tệp): each photo fits an A4 page, upright or across.
 *
 * The photos go in as they are, byte for byte; nothing about the person or the phone is added.
 */

export interface Jpeg {
  bytes: Uint8Array
  width: number
  height: number
  grey: boolean
}

const [SHORT, LONG, MARGIN] = [595, 842, 18]
const SIZE_AFTER = 5
const START_OF_FRAME = /^c[0-35-79-bd-f]$/

const word = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Where the segment begins that tells the size of the picture; -1 where there is none. */
function frameAt(bytes: Uint8Array): number {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const kind = (bytes[at + 1] ?? 0).toString(16)
    if (START_OF_FRAME.test(kind)) return at + 2
    at += 2 + word(bytes, at + 2)
  }
  return -1
}

/** A photo that a PDF can hold as it is: grey or coloured, not of print's four colours. */
export function jpegOf(file: ArrayBuffer): Jpeg | null {
  const bytes = new Uint8Array(file)
  if (word(bytes, 0) !== 0xffd8) return null
  const at = frameAt(bytes)
  if (at < 0) return null
  const [height, width, colours] = [word(bytes, at + 3), word(bytes, at + SIZE_AFTER), bytes[at + 7]]
  if (width === 0 || height === 0 || (colours !== 1 && colours !== 3)) return null
  return { bytes, width, height, grey: colours === 1 }
}

/** How large the picture stands, in the middle of its page. */
function placed({ width, height }: Jpeg): { page: [number, number]; at: string } {
  const page: [number, number] = width > height ? [LONG, SHORT] : [SHORT, LONG]
  const scale = Math.min((page[0] - 2 * MARGIN) / width, (page[1] - 2 * MARGIN) / height)
  const [wide, high] = [width * scale, height * scale]
  const numbers = [wide, 0, 0, high, (page[0] - wide) / 2, (page[1] - high) / 2]
  return { page, at: numbers.map((one) => one.toFixed(2)).join(' ') }
}

const stream = (dictionary: string, body: Uint8Array | string): (Uint8Array | string)[] => [
  `<<${dictionary}/Length ${body.length}>>\nstream\n`,
  body,
  '\nendstream',
]

/** The three things that a page is made of: the page, where its picture stands, the picture. */
function things(jpeg: Jpeg, first: number): (Uint8Array | string)[][] {
  const { page, at } = placed(jpeg)
  const size = `/Width ${jpeg.width}/Height ${jpeg.height}`
  const colours = `/ColorSpace/${jpeg.grey ? 'DeviceGray' : 'DeviceRGB'}/BitsPerComponent 8/Filter/DCTDecode`
  const parts = `/Contents ${first + 1} 0 R/Resources<</XObject<</P ${first + 2} 0 R>>>>`
  return [
    [`<</Type/Page/Parent 2 0 R/MediaBox[0 0 ${page.join(' ')}]${parts}>>`],
    stream('', `q ${at} cm /P Do Q`),
    stream(`/Type/XObject/Subtype/Image${size}${colours}`, jpeg.bytes),
  ]
}

/** Put the pages into one file, in this order. */
export function pdfOf(pages: readonly Jpeg[]): Blob {
  const kids = pages.map((_, index) => `${3 + 3 * index} 0 R`).join(' ')
  const all = [
    ['<</Type/Catalog/Pages 2 0 R>>'],
    [`<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>`],
    ...pages.flatMap((page, index) => things(page, 3 + 3 * index)),
  ]
  const parts: (Uint8Array<ArrayBuffer> | string)[] = []
  let length = 0
  const put = (part: Uint8Array | string): void => {
    parts.push(typeof part === 'string' ? part : new Uint8Array(part))
    length += part.length
  }
  const starts: number[] = []
  put('%PDF-1.4\n')
  all.forEach((thing, index) => {
    starts.push(length)
    for (const part of [`${index + 1} 0 obj\n`, ...thing, '\nendobj\n']) put(part)
  })
  const table = starts.map((start) => `${String(start).padStart(10, '0')} 00000 n \n`).join('')
  const end = `trailer\n<</Size ${all.length + 1}/Root 1 0 R>>\nstartxref\n${length}\n%%EOF\n`
  put(`xref\n0 ${all.length + 1}\n0000000000 65535 f \n${table}${end}`)
  return new Blob(parts, { type: 'application/pdf' })
}
