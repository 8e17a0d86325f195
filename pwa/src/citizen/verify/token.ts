/** A verification token (compact JWS, ES256), checked on the phone with the published keys. */

interface Jwk extends JsonWebKey {
  kid?: string
}

export interface Claims {
  v: number
  kind: string
  code: string
  unit: string
  at: string
  digest: string
}

export type Checked = { is: 'genuine'; claims: Claims } | { is: 'forged' } | { is: 'unknown-key' }

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const plain = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0))
}

function jsonOf(text: string): unknown {
  return JSON.parse(new TextDecoder().decode(bytesOf(text)))
}

/** Check the signature with the key that the token names; anything odd is forged. */
export async function check(token: string, keys: readonly Jwk[]): Promise<Checked> {
  try {
    const [head = '', body = '', mark = '', ...more] = token.split('.')
    const { alg, kid } = jsonOf(head) as { alg?: string; kid?: string }
    if (alg !== 'ES256' || more.length > 0) return { is: 'forged' }
    const jwk = keys.find((key) => key.kid === kid)
    if (jwk === undefined) return { is: 'unknown-key' }
    const way = { name: 'ECDSA', namedCurve: 'P-256' }
    const key = await crypto.subtle.importKey('jwk', jwk, way, false, ['verify'])
    const signed = new TextEncoder().encode(`${head}.${body}`)
    const good = await crypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, bytesOf(mark), signed)
    return good ? { is: 'genuine', claims: jsonOf(body) as Claims } : { is: 'forged' }
  } catch {
    return { is: 'forged' }
  }
}

/** A signature as it is written; what is shorter was not copied or scanned to its end. */
const WRITTEN = 86

/** Whether a part of the token is missing, or its end: that tells nothing about the paper. */
export function isCut(token: string): boolean {
  const [head = '', body = '', mark = ''] = token.split('.')
  return head === '' || body === '' || mark.length < WRITTEN
}

/** As the server hides it: enough to compare with a paper in hand, too little to look up. */
export const maskedCode = (code: string): string => `${code.slice(0, 4)}•••••${code.slice(-4)}`
