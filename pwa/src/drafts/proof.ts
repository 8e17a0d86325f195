/** The signed receipt, and the comparison that must come before anything is deleted. */
import type { Obligation, SubmitAnswer } from '../api/schema.ts'

export interface Proof {
  code: string
  trackDigits: string | null
  receipt: SubmitAnswer['receipt']
  obligation: Obligation | null
  /** Proves the receipt to anybody: what `/v#TOKEN` reads. */
  token: string
}

export interface Part {
  sha256: string
  size: number
}

export const proofOf = (answer: SubmitAnswer): Proof => ({
  code: answer.code,
  trackDigits: answer.track_digits,
  receipt: answer.receipt,
  obligation: answer.obligation,
  token: answer.verify_token,
})

/** The files of ours that the receipt does not name with the same hash and size. */
export function missingIn(proof: Proof, sent: readonly Part[]): readonly Part[] {
  const named = new Map(proof.receipt.files.map((file) => [file.sha256, file.size]))
  return sent.filter(({ sha256, size }) => named.get(sha256) !== size)
}

/**
 * The receipt says the same as we sent: no file is missing, none is strange.
 *
 * The receipt of an answer (`more`) names the whole dossier, so files of before stand in it too.
 */
export function agrees(proof: Proof, sent: readonly Part[], more = false): boolean {
  const ours = new Set(sent.map((file) => file.sha256))
  const strange = proof.receipt.files.filter((file) => !ours.has(file.sha256))
  return missingIn(proof, sent).length === 0 && (more || strange.length === 0)
}
