/** What a file is by its first bytes, as the server tells it (`kind_of`), whatever its name says. */

const TELLING_BYTES = 12
const HEIC_BRANDS = /^(hei[cxms]|hev[cx]|mif1|msf1)$/
const BEGINNINGS = [
  ['\xff\xd8\xff', 'image/jpeg'],
  ['\x89PNG\r\n\x1a\n', 'image/png'],
  ['%PDF-', 'application/pdf'],
] as const

/** The media type that the content proves; null is nothing that is taken. */
export function kindOf(bytes: ArrayBuffer): string | null {
  if (bytes.byteLength < TELLING_BYTES) return null
  const first = String.fromCharCode(...new Uint8Array(bytes, 0, TELLING_BYTES))
  if (first.slice(4, 8) === 'ftyp' && HEIC_BRANDS.test(first.slice(8, 12))) return 'image/heic'
  return BEGINNINGS.find(([begin]) => first.startsWith(begin))?.[1] ?? null
}
