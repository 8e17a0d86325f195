/** Names of wards and provinces: found without marks, and what became of earlier ones. */
import { fold } from '../../form/text.ts'

export interface Former {
  name: string
  /** The district it belonged to, as far as it is known. */
  within: string
  since: string
  now: readonly string[]
}

export interface Names {
  province: string
  merged: readonly Former[]
  wards: readonly string[]
  former: readonly Former[]
}

/** An earlier name that was written, and the names of today that may be meant. */
export interface Renamed {
  former: Former
  choices: readonly string[]
}

const ENOUGH = 2
const MOST = 4
const KIND = /^(phuong|xa|thi tran|thanh pho|tinh|quan|huyen)\s+|^(p|x|tt|tp|q|h)[.\s]\s*/
/** How the office of a unit is named. */
const OFFICE = /^(ubnd|uy ban nhan dan)\s+/
const LONG: Readonly<Record<string, string>> = { p: 'phuong', x: 'xa', tt: 'thi tran', tp: 'thanh pho' }

interface Read {
  kind: string
  bare: string
  /** What follows a comma: most often the district of before. */
  rest: string
}

function read(text: string): Read {
  const [head = '', ...rest] = fold(text).trim().replace(/\s+/g, ' ').split(/\s*,\s*/)
  const found = KIND.exec(head)
  const kind = found?.[1] ?? LONG[found?.[2] ?? ''] ?? ''
  return { kind, bare: head.slice(found?.[0].length ?? 0), rest: rest.join(', ') }
}

/** A kind that was not written may be any. */
const same = (written: Read, name: string): boolean => {
  const { kind, bare } = read(name)
  return bare === written.bare && (written.kind === '' || kind === written.kind)
}

const known = (names: readonly string[], written: Read): string[] => names.filter((name) => same(written, name))

/** Whether these names help: the province is theirs, was merged into it, or is not written yet. */
function concerns({ province, merged }: Names, written: string): boolean {
  const one = read(written)
  return one.bare === '' || [province, ...merged.map(({ name }) => name)].some((name) => same(one, name))
}

/** The province that is written is another one: the names of its wards are not known here. */
export function elsewhere({ province, merged }: Names, written: string): boolean {
  const { bare } = read(written)
  const whole = fold(written).trim()
  const begun = (name: string): boolean => read(name).bare.startsWith(bare) || fold(name).startsWith(whole)
  return bare.length >= ENOUGH && ![province, ...merged.map(({ name }) => name)].some(begun)
}

/** Names of today of which a word begins as typed, the first word before others; none once the name stands there. */
function suggested(names: readonly string[], text: string): string[] {
  const { kind, bare } = read(text)
  if (bare.length < ENOUGH || names.includes(text.trim())) return []
  const fits = (name: string): boolean => {
    const one = read(name)
    return (kind === '' || kind === one.kind) && ` ${one.bare}`.includes(` ${bare}`)
  }
  const later = (name: string): number => Number(!read(name).bare.startsWith(bare))
  return names.filter(fits).sort((a, b) => later(a) - later(b)).slice(0, MOST)
}

export const wardsLike = (names: Names, text: string, province: string): string[] =>
  concerns(names, province) ? suggested(names.wards, text) : []

/** A province that is written in short is understood: `TP Cần Thơ` is left as it is. */
export const provincesLike = ({ province }: Names, text: string): string[] =>
  same(read(text), province) ? [] : suggested([province], text)

/**
 * The ward of before that was written, on a day when it is no more.
 *
 * Nothing where the name still stands for what it was, and nothing for `own`, the office that
 * takes the dossier: it knows its own name.
 */
export function formerWard(names: Names, text: string, province: string, own: string, today: string): Renamed | null {
  const written = read(text)
  const inProvince = province.trim() === '' || same(read(province), names.province)
  const office = read(fold(own).replace(OFFICE, '')).bare
  if (written.bare === '' || !inProvince || written.bare === office) return null
  const former = names.former.find(({ name, since }) => since <= today && same(written, name))
  if (former === undefined) return null
  const alike = known(names.wards, written)
  if (alike.some((name) => former.now.includes(name))) return null
  const placed = written.rest !== '' && read(former.within).bare === read(written.rest).bare
  return { former, choices: placed ? former.now : [...former.now, ...alike] }
}

/** The province of before that was written, on a day when it is no more. */
export function formerProvince(names: Names, text: string, today: string): Renamed | null {
  const written = read(text)
  const former = names.merged.find(({ name, since }) => since <= today && same(written, name))
  return former === undefined ? null : { former, choices: former.now }
}
