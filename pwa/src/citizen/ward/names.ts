/**
 * The names of wards and provinces, today's and earlier ones, one file for each province.
 *
 * The province this service stands in comes with its page; each other one when it is written.
 */
import { judgeAddresses } from '../../form/places.ts'
import { fault } from '../../form/wrong.ts'
import { strange, type Names, type Province } from './known.ts'
import { from as since, provinces } from './provinces/all.json'
import home from './provinces/92.json'

/** A file of `provinces/`: names of today; by province of before an earlier name, its district, what it belongs to now. */
interface File {
  province: string
  wards: readonly string[]
  former: Readonly<Record<string, readonly string[][]>>
}

const FILES = import.meta.glob<File>(['./provinces/*.json', '!./provinces/{all,92}.json'], { import: 'default' })

export const PROVINCES: readonly Province[] = provinces

export const namesIn = ({ province, wards, former }: File): Names => ({
  province,
  since,
  wards,
  former: Object.entries(former).flatMap(([before, rows]) => rows.map(([name = '', within = '', ...now]) => ({ name, within, before, now }))),
})

export const HOME: Names = namesIn(home)

/** The names that are here, by the province of today. */
const HERE = new Map([[HOME.province, HOME]])

judgeAddresses((address) => {
  const part = strange(PROVINCES, HERE, address)
  return part === null ? [] : [fault(`odd-${part}`, {}, `/${part}`)]
})

/** The names of a province; null when they cannot come just now. */
export async function namesOf({ code, name }: Province): Promise<Names | null> {
  const names = HERE.get(name) ?? (await FILES[`./provinces/${code}.json`]?.().then(namesIn).catch(() => null)) ?? null
  if (names !== null) HERE.set(name, names)
  return names
}
