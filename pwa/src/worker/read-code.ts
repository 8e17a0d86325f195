/** Find a QR code in a picture and give its text, or null; plain script, so the page's policy allows it. */
import decodeQR from 'qr/decode.js'

const QUICK = { effort: 1, timeLimit: 60 }
const THOROUGH = { effort: 4, timeLimit: 1500 }

export function readCode(data: Uint8ClampedArray, width: number, height: number, thorough: boolean): string | null {
  try {
    return decodeQR({ data, width, height }, { format: 'RGBA', ...(thorough ? THOROUGH : QUICK) })
  } catch {
    return null
  }
}
