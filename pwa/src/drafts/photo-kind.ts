/** What a file is by its first bytes, as the server tells it (`kind_of`), whatever its name says. */

const TELLING_BYTES = 12
const HEIC_BRANDS = /^(hei[cxms]|hev[cx]|mif1|msf1)$/

export function isTaken(bytes: ArrayBuffer): boolean {
  if (bytes.byteLength < TELLING_BYTES) return false
  const first = String.fromCharCode(...new Uint8Array(bytes, 0, TELLING_BYTES))
  const heic = first.slice(4, 8) === 'ftyp' && HEIC_BRANDS.test(first.slice(8, 12))
  return heic || ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', '%PDF-'].some((begin) => first.startsWith(begin))
}
