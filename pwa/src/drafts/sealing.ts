/** Sealing with a code of digits: PBKDF2-SHA-256 (600,000 rounds), then AES-256-GCM with its nonce in front. */

export type Octets = Uint8Array<ArrayBuffer>

export const SALT = 16
export const NONCE = 12
const ROUNDS = 600_000

export const newSalt = (): Octets => crypto.getRandomValues(new Uint8Array(SALT))

/** The key that a code makes with a salt; whatever is no digit in the code is left out. */
export async function keyOf(digits: string, salt: Octets): Promise<CryptoKey> {
  const secret = new TextEncoder().encode(digits.replace(/\D/g, ''))
  const base = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }
  return crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

export function joined(parts: readonly (Octets | ArrayBuffer)[]): Octets {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let at = 0
  for (const part of parts) {
    all.set(part instanceof ArrayBuffer ? new Uint8Array(part) : part, at)
    at += part.byteLength
  }
  return all
}

/** `beside` is not hidden, but opens nothing when it is another. */
export async function seal(key: CryptoKey, plain: Octets, beside: Octets): Promise<Octets> {
  const iv = crypto.getRandomValues(new Uint8Array(NONCE))
  return joined([iv, await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: beside }, key, plain)])
}

/** Null for another key, another `beside`, or anything changed. */
export function unseal(key: CryptoKey, sealed: Octets, beside: Octets): Promise<ArrayBuffer | null> {
  const how = { name: 'AES-GCM', iv: sealed.slice(0, NONCE), additionalData: beside }
  return crypto.subtle.decrypt(how, key, sealed.slice(NONCE)).catch(() => null)
}

export async function hashOf(bytes: ArrayBuffer): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
