/** What a page and the photo worker say to each other. */

export interface PhotoAsked {
  id: number
  bytes: ArrayBuffer
  mediaType: string
}

export interface PhotoReady {
  id: number
  bytes: ArrayBuffer
  mediaType: string
  sha256: string
  /** False when the phone could not decode it: the original goes, the server decides. */
  shrunk: boolean
}

export interface PhotoFailed {
  id: number
  failed: true
}

export type PhotoAnswer = PhotoReady | PhotoFailed
