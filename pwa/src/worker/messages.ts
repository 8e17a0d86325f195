/** What a page and the photo worker say to each other. */

export interface PhotoAsked {
  id: number
  bytes: ArrayBuffer
  mediaType: string
  /** Turn it to the left by a quarter. */
  turn: boolean
}

/** What may be wrong with a photo, as far as a phone can see; it advises, it never forbids. */
export type Hint = 'blur' | 'dark'

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
