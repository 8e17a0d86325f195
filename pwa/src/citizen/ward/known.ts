/** Names of wards and provinces: found without marks, and what became of earlier ones. */
import type { Address } from '../../form/definition.ts'
import { fold } from '../../form/text.ts'

export interface Former {
  name: string
  /** The district it belonged to. */
  within: string
  /** The province it belonged to. */
  before: string
  now: readonly string[]
}

/** The wards of one province, and those of before `since`. */
export interface Names {
  province: string
  since: string
  wards: readonly string[]
  former: readonly Former[]
}

export interface Province {
  code: string
  name: string
  /** The provinces that were merged into it. */
  merged: readonly string[]
  /** Other names that people still write. */
  also: readonly string[]
}

/** An earlier name that was written, and the names of today that may be meant. */
export interface Renamed {
  name: string
  since: string
  now: readonly string[]
  choices: readonly string[]
}

const ENOUGH = 2
const MOST = 4
const KIND = /^(phuong|xa|thi tran|dac khu|thanh pho|tinh|quan|huyen)\s+|^(p|x|tt|tp|q|h)[.\s]\s*/
/** How the office of a unit is named. */
const OFFICE = /^(ubnd|uy ban nhan dan)\s+/
const LONG: Readonly<Record<string, string>> = { p: 'phuong', x: 'xa', tt: 'thi tran', tp: 'thanh pho', q: 'quan', h: 'huyen' }

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

const namesOf = ({ name, merged, also }: Province): string[] => [name, ...merged, ...also]

/** The province that is written, by its name of today, by one that was merged into it, or by another that people know. */
export function provinceOf(provinces: readonly Province[], text: string): Province | null {
  const one = read(text)
  return provinces.find((each) => namesOf(each).some((name) => same(one, name))) ?? null
}

/** What is written is no province, and not the beginning of one either. */
export function isNoProvince(provinces: readonly Province[], text: string): boolean {
  const { bare } = read(text)
  const whole = fold(text).trim()
  const begun = (name: string): boolean => read(name).bare.startsWith(bare) || fold(name).startsWith(whole)
  return bare.length >= ENOUGH && !provinces.some((each) => namesOf(each).some(begun))
}

/**
 * What of an address names no place, of today or of before.
 *
 * Of a province whose names are not here no ward is judged.
 */
export function strange(provinces: readonly Province[], here: ReadonlyMap<string, Names>, { ward = '', province = '' }: Partial<Address>): 'province' | 'ward' | null {
  if (province.trim() === '') return null
  const written = provinceOf(provinces, province)
  if (written === null) return 'province'
  const names = here.get(written.name)
  if (names === undefined || ward.trim() === '') return null
  const all = [...names.wards, ...names.former.map(({ name }) => name)]
  return known(all, read(ward)).length > 0 ? null : 'ward'
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

export const wardsLike = ({ wards }: Names, text: string): string[] => suggested(wards, text)

/** A province that is written in short is understood: `TP Cần Thơ` is left as it is; for another name today's is offered. */
export function provincesLike(provinces: readonly Province[], text: string): string[] {
  const found = provinceOf(provinces, text)
  if (found === null) return suggested(provinces.map(({ name }) => name), text)
  return found.also.some((name) => same(read(text), name)) ? [found.name] : []
}

/**
 * The ward of before that was written, on a day when it is no more.
 *
 * Nothing where the name still stands for what it was, and nothing for `own`, the office that
 * takes the dossier: it knows its own name. The district behind a comma tells those of one name apart, and so does a province of before.
 */
export function formerWard({ province, since, wards, former }: Names, text: string, within: string, own: string, today: string): Renamed | null {
  const written = read(text)
  const office = read(fold(own).replace(OFFICE, '')).bare
  if (written.bare === '' || written.bare === office || today < since) return null
  const all = former.filter(({ name }) => same(written, name))
  const named = same(read(within), province) || within.trim() === '' ? all : all.filter(({ before }) => same(read(within), before))
  const district = read(written.rest)
  const placed = written.rest === '' ? [] : named.filter((one) => same(district, one.within))
  const found = placed.length > 0 ? placed : named
  const [first] = found
  if (first === undefined) return null
  const now = [...new Set(found.flatMap((one) => one.now))]
  const alike = known(wards, written)
  if (alike.some((name) => now.includes(name))) return null
  const choices = placed.length > 0 ? now : [...new Set([...now, ...alike])]
  return { name: first.name, since, now, choices: choices.length > MOST ? [] : choices }
}

/** The province of before that was written, on a day when it is no more. */
export function formerProvince(provinces: readonly Province[], since: string, text: string, today: string): Renamed | null {
  const written = read(text)
  if (today < since) return null
  for (const { name, merged } of provinces) {
    const before = merged.find((one) => same(written, one))
    if (before !== undefined) return { name: before, since, now: [name], choices: [name] }
  }
  return null
}
