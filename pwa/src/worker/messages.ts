/** What a page and its workers say to each other: the photo worker, the scan worker. */

export interface PhotoAsked {
  id: number
  bytes: ArrayBuffer
  mediaType: string
  /** Turn it to the left by a quarter. */
  turn: boolean
}

/** What may be wrong with a photo, as far as a phone can see; it advises, it never forbids. */
export type Hint = 'blur' | 'dark' | 'small'

export interface PhotoReady {
  id: number
  bytes: ArrayBuffer
  mediaType: string
  sha256: string
  /** False when the phone could not decode it: the original goes, the server decides. */
  shrunk: boolean
  hint: Hint | null
}

export interface PhotoFailed {
  id: number
  failed: true
}

export type PhotoAnswer = PhotoReady | PhotoFailed

/** One picture in which the scan worker shall look for a QR code; a photo is worth more time. */
export interface ScanAsked {
  id: number
  picture: ImageBitmap
  thorough: boolean
}

export interface ScanAnswer {
  id: number
  text: string | null
}
