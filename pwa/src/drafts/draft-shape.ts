/** The shape of a draft that comes in a file: nothing of it is used before it is looked at here. */
import type { Definition } from '../form/definition.ts'
import type { Dossier, Page } from './dossier.ts'

type Claimed = Pick<Dossier, 'id' | 'key' | 'procedure' | 'version' | 'title' | 'unit' | 'qr' | 'values' | 'consents' | 'pages' | 'sending'>

const LONGEST = 300
const LONGEST_ANSWER = 20_000
const LARGEST_PAGE = 12 * 1024 * 1024
const DEEPEST = 3
const HASH = /^[0-9a-f]{64}$/
const MEDIA = /^(image\/(jpeg|png|heic)|application\/pdf)$/

const isRecord = (thing: unknown): thing is Record<string, unknown> =>
  typeof thing === 'object' && thing !== null && !Array.isArray(thing)

const isText = (thing: unknown, most = LONGEST): thing is string => typeof thing === 'string' && thing.length <= most

const areTexts = (thing: unknown, names: readonly string[]): boolean =>
  isRecord(thing) && names.every((name) => isText(thing[name]) && thing[name] !== '')

export const isSize = (thing: unknown, most: number): thing is number =>
  Number.isInteger(thing) && (thing as number) >= 0 && (thing as number) <= most

/** Nothing, a text, a number, yes or no; the parts of an address; rows of such. */
function isValue(value: unknown, deep = DEEPEST): boolean {
  if (value === null || isText(value, LONGEST_ANSWER) || typeof value === 'boolean' || Number.isFinite(value)) return true
  if (deep === 0) return false
  if (Array.isArray(value)) return value.every((row) => isRecord(row) && isText(row['row']) && isValue(row, deep - 1))
  return isRecord(value) && Object.values(value).every((part) => isValue(part, deep - 1))
}

function isPage(page: unknown): page is Page {
  if (!isRecord(page) || !isText(page['name']) || typeof page['original'] !== 'boolean') return false
  const { sha256, size, media_type: media, hint = null } = page
  const hinted = hint === null || hint === 'blur' || hint === 'dark' || hint === 'small'
  return hinted && isText(sha256) && HASH.test(sha256) && isSize(size, LARGEST_PAGE) && isText(media) && MEDIA.test(media)
}

const isList = (thing: unknown, is: (one: unknown) => boolean): boolean => Array.isArray(thing) && thing.every(is)

function isSending(sending: unknown): boolean {
  if (!isRecord(sending)) return false
  const { edition = null } = sending
  return edition === null || isText(edition)
}

/** Whether this is a draft, as far as a draft is read from a file. */
export function isClaimed(dossier: unknown): dossier is Claimed {
  if (!areTexts(dossier, ['id', 'key', 'procedure', 'version', 'title'])) return false
  const { id, key, unit, qr, values, consents, pages, sending } = dossier as { [part in keyof Claimed]: unknown }
  return (
    /^[0-9a-f-]{36}$/.test(id as string) &&
    /^[\w-]{22,256}$/.test(key as string) &&
    areTexts(unit, ['code', 'name']) &&
    (qr === null || isText(qr)) &&
    isRecord(values) &&
    Object.values(values).every((value) => isValue(value)) &&
    isList(consents, (one) => areTexts(one, ['id', 'version', 'at'])) &&
    isRecord(pages) &&
    Object.values(pages).every((list) => isList(list, isPage)) &&
    isSending(sending)
  )
}

/** Whether this is the form of that dossier: a form that names another one is none for it. */
export function isFormOf(form: unknown, { procedure, version, unit }: Pick<Dossier, 'procedure' | 'version' | 'unit'>): form is Definition {
  if (!isRecord(form) || !isRecord(form['unit'])) return false
  const same = form['code'] === procedure && form['version'] === version && form['unit']['code'] === unit.code
  const steps = isList(form['steps'], (step) => isRecord(step) && isList(step['fields'], isRecord))
  return same && isText(form['title']) && steps && isList(form['papers'], isRecord) && isList(form['consents'], isRecord)
}
