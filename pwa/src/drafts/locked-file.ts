/**
 * A dossier that is not sent yet as one locked file: for a phone without network, or for the ward.
 *
 * `MOTCUA1\n`, 16 bytes of salt, 12 of nonce, then AES-256-GCM over a length, the dossier with its
 * form as JSON, and the photos one after another. The key comes from 16 digits that are shown once
 * (PBKDF2-SHA-256, 600,000 rounds); head and salt are authenticated too, so a changed file does not open.
 */
import type { Definition } from '../form/definition.ts'
import { newDossier, type Dossier, type Page } from './dossier.ts'
import { isClaimed, isSize } from './draft-shape.ts'
import { newSending } from './new-sending.ts'
import { kindOf } from './photo-kind.ts'
import { hashOf, joined, keyOf, newSalt, NONCE, SALT, seal, unseal } from './sealing.ts'
import type { Bytes } from './shelf.ts'

const MAGIC = new TextEncoder().encode('MOTCUA1\n')
const HEAD = MAGIC.length + SALT
const DIGITS = 16
/** Larger is none of ours: the photos of a dossier come to 60 MB at most. */
export const MOST_BYTES = 70 * 1024 * 1024

export interface Unlocked {
  dossier: Dossier
  definition: Definition
  files: { sha256: string; file: Bytes }[]
}

interface Listed {
  dossier: Dossier
  definition: Definition
  files: { sha256: string; size: number; mediaType: string }[]
}

/** Sixteen digits, each as likely as the others. */
export function newDigits(): string {
  let digits = ''
  while (digits.length < DIGITS)
    for (const byte of crypto.getRandomValues(new Uint8Array(DIGITS)))
      if (byte < 250 && digits.length < DIGITS) digits += String(byte % 10)
  return digits
}

/** Digits as people write them down: four groups of four. */
export const inGroups = (digits: string): string => digits.replace(/(\d{4})(?=\d)/g, '$1 ')

export async function lock({ dossier, definition, files }: Unlocked, digits: string): Promise<Uint8Array<ArrayBuffer>> {
  const listed: Listed = {
    dossier,
    definition,
    files: files.map(({ sha256, file }) => ({ sha256, size: file.bytes.byteLength, mediaType: file.mediaType })),
  }
  const text = new TextEncoder().encode(JSON.stringify(listed))
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.length)
  const salt = newSalt()
  const head = joined([MAGIC, salt])
  const plain = joined([length, text, ...files.map(({ file }) => file.bytes)])
  return joined([head, await seal(await keyOf(digits, salt), plain, head)])
}

const isOurs = (bytes: Uint8Array): boolean =>
  bytes.length > HEAD + NONCE && MAGIC.every((byte, index) => bytes[index] === byte)

/** What is in the file; `foreign` when it is none of ours, `wrong` for other digits or a damaged file. */
export async function unlock(file: ArrayBuffer, digits: string): Promise<Unlocked | 'foreign' | 'wrong'> {
  const bytes = new Uint8Array(file)
  if (!isOurs(bytes)) return 'foreign'
  const head = bytes.slice(0, HEAD)
  const key = await keyOf(digits, head.slice(MAGIC.length))
  const plain = await unseal(key, bytes.slice(HEAD), head)
  return plain === null ? 'wrong' : read(plain)
}

/** A page as we have it, and no more. */
const pageOf = ({ sha256, size, media_type, name, original, hint = null }: Page): Page => ({ sha256, size, media_type, name, original, hint })

/**
 * The dossier of a file as a draft, whatever the file claims: a receipt or a state comes from the
 * office alone, and nothing is sent before the person presses for it here. Null when it is no draft of ours.
 */
export function draftOf({ dossier }: { dossier: unknown }, now: number): Dossier | null {
  if (!isClaimed(dossier)) return null
  const { id, key, procedure, version, title, qr, values, sending } = dossier
  const unit = { code: dossier.unit.code, name: dossier.unit.name }
  const consents = dossier.consents.map((one) => ({ id: one.id, version: one.version, at: one.at }))
  const pages = Object.fromEntries(Object.entries(dossier.pages).map(([paper, list = []]) => [paper, list.map(pageOf)]))
  const begun = newDossier({ procedure, version, title, unit, qr, values }, now)
  return { ...begun, id, key, consents, pages, carried: true, sending: { ...newSending(), edition: sending.edition ?? null } }
}

/** The parts of the file as it lists them; every byte is in one of them, and is what its hash says. */
async function parts(plain: ArrayBuffer): Promise<Unlocked> {
  const length = new DataView(plain).getUint32(0)
  let at = 4 + length
  if (at > plain.byteLength) throw new RangeError('listed')
  const { dossier, definition, files: listed } = JSON.parse(new TextDecoder().decode(plain.slice(4, at))) as Listed
  const files: Unlocked['files'] = []
  for (const { sha256, size, mediaType } of listed) {
    if (!isSize(size, plain.byteLength - at)) throw new RangeError('size')
    const bytes = plain.slice(at, at + size)
    if (kindOf(bytes) !== mediaType || (await hashOf(bytes)) !== sha256) throw new RangeError('file')
    files.push({ sha256, file: { bytes, mediaType } })
    at += size
  }
  if (at !== plain.byteLength) throw new RangeError('rest')
  return { dossier, definition, files }
}

const read = (plain: ArrayBuffer): Promise<Unlocked | 'wrong'> => parts(plain).catch(() => 'wrong')
