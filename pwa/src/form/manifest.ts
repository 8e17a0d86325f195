/** What is sent: people, answers, consents, and for each photo its hash and size. */
import { faultsOf } from './check.ts'
import { counted, empty } from './conditions.ts'
import type { Address, Definition, Field, Paper, Row, Value, Values } from './definition.ts'
import { normalDate } from './kinds/dates.ts'
import { phoneDigits } from './kinds/texts.ts'
import { fieldsAsked, papersWanted } from './pages.ts'
import { paperName } from './paper-name.ts'
import { forAnother } from './persons.ts'
import { narrow, tidy } from './text.ts'

export type Person = { [detail: string]: Value }

export interface SentFile {
  sha256: string
  size: number
  media_type: string
  name: string
}

export interface Manifest {
  procedure: string
  version: string
  unit: string
  qr: string | null
  channel: 'online' | 'assisted' | 'direct' | 'post'
  owner: Person
  submitter: Person | null
  answers: { [field: string]: Value }
  consents: { id: string; version: string; at: string }[]
  papers: { paper: string; files: SentFile[] }[]
}

export interface Filled {
  unit: string
  qr: string | null
  values: Values
  consents: readonly { id: string; version: string; at: string }[]
  papers: { readonly [paper: string]: readonly SentFile[] | undefined }
}

/** The value as the wire wants it: composed letters, digits without blanks. */
function wire(field: Field, value: Value): Value {
  if (field.kind === 'phone') return phoneDigits(String(value))
  if (field.kind === 'personal_number') return narrow(String(value)).replace(/\s/g, '')
  if (field.kind === 'date' || field.kind === 'partial_date') return normalDate(String(value))
  if (field.kind === 'long_text') return String(value).normalize('NFC').trim()
  if (field.kind === 'address') {
    const { province = '', ward = '', street = '' } = value as Address
    return { province: tidy(province), ward: tidy(ward), street: tidy(street) }
  }
  if (field.kind === 'rows') return (value as readonly Row[]).map((row) => wireRow(field, row))
  return typeof value === 'string' ? tidy(value) : value
}

function wireRow(field: Field, row: Row): Row {
  const sent: Row = { row: row.row }
  for (const column of field.columns ?? []) {
    const value = row[column.id]
    if (value !== undefined && !empty(value)) sent[column.id] = wire(column, value)
  }
  return sent
}

/** Values that may travel: given, and of the right shape; what is half typed stays here. */
function sendable(field: Field, value: Value | undefined, today: string): value is Value {
  return !empty(value) && faultsOf(field, value, today).length === 0
}

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/heic': '.heic',
  'application/pdf': '.pdf',
}
const LONGEST_NAME = 200

/**
 * A paper's files as the office reads of them: `Văn bản ủy quyền, trang 1.jpg`.
 *
 * What the phone called them says nothing to anybody, or too much, and stays here.
 */
export function named(paper: Paper, files: readonly SentFile[]): SentFile[] {
  const short = paperName(paper.name).short.slice(0, LONGEST_NAME)
  return files.map(({ sha256, size, media_type }, index) => ({
    sha256,
    size,
    media_type,
    name: `${short}, trang ${index + 1}${ENDINGS[media_type] ?? ''}`,
  }))
}

/** The phone's papers in the order of the procedure, those no longer wanted left out. */
function papersOf(definition: Definition, filled: Filled, today: string): Manifest['papers'] {
  return papersWanted(definition, filled.values, today)
    .map(({ paper }) => ({ paper: paper.id, files: named(paper, filled.papers[paper.id] ?? []) }))
    .filter(({ files }) => files.length > 0)
}

export function manifestOf(definition: Definition, filled: Filled, today: string): Manifest {
  const values = counted(definition, filled.values, today)
  const authorised = forAnother(definition, values, today)
  const owner: Person = {}
  const submitter: Person = {}
  const answers: { [field: string]: Value } = {}
  for (const field of fieldsAsked(definition, filled.values, today)) {
    const value = values[field.id]
    if (!sendable(field, value, today)) continue
    const [role, detail] = (field.is ?? '').split('.')
    if (detail === undefined) answers[field.id] = wire(field, value)
    else if (role === 'requester' && authorised) submitter[detail] = wire(field, value)
    else owner[detail] = wire(field, value)
  }
  return {
    procedure: definition.code,
    version: definition.version,
    unit: filled.unit,
    qr: filled.qr,
    channel: 'online',
    owner,
    submitter: authorised ? submitter : null,
    answers,
    consents: filled.consents.map(({ id, version, at }) => ({ id, version, at })),
    papers: papersOf(definition, filled, today),
  }
}

/** The answers to some fields alone, those that edit a person included, by field. */
export function answersTo(
  fields: readonly Field[],
  values: Values,
  today: string,
): { [field: string]: Value } {
  const answers: { [field: string]: Value } = {}
  for (const field of fields) {
    const value = values[field.id]
    if (sendable(field, value, today)) answers[field.id] = wire(field, value)
  }
  return answers
}

/** The paper that a server's pointer speaks of: `/papers/uy_quyen`, or by its place, `/papers/0/files/1`. */
export function paperAt(definition: Definition, filled: Filled, pointer: string, today: string): string | null {
  const [, part, which = ''] = pointer.split('/')
  if (part !== 'papers') return null
  return /^\d+$/.test(which) ? (papersOf(definition, filled, today)[Number(which)]?.paper ?? null) : which
}

/** The field that a server's pointer speaks of: `/answers/ht_loai`, `/submitter/phone`. */
export function fieldAt(definition: Definition, values: Values, pointer: string, today: string): string | null {
  const [, part, id] = pointer.split('/')
  if (part === 'answers') return id ?? null
  const authorised = forAnother(definition, counted(definition, values, today), today)
  const roles = part === 'submitter' || !authorised ? [`requester.${id}`, `${part}.${id}`] : [`owner.${id}`]
  const field = fieldsAsked(definition, values, today).find((one) => roles.includes(one.is ?? ''))
  return field?.id ?? null
}
