import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

import { formerProvince, formerWard, isNoProvince, provinceOf, provincesLike, strange, wardsLike, type Names, type Province } from './known.ts'

interface File {
  province: string
  wards: string[]
  former: Record<string, [string, string, ...string[]][]>
}

const FOLDER = new URL('./provinces/', import.meta.url)
const read = <Shape>(file: string): Shape => JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Shape
const ALL = read<{ source: string; from: string; provinces: Province[] }>('all.json')
const FILES = new Map(ALL.provinces.map(({ code, name }) => [name, read<File>(`${code}.json`)]))

const NOW = '2026-11-22'
const BEFORE = '2025-06-30'
const CAN_THO = 'Thành phố Cần Thơ'

function namesOf(province: string): Names {
  const { wards, former } = FILES.get(province) as File
  return { province, since: ALL.from, wards, former: Object.entries(former).flatMap(([before, rows]) => rows.map(([name, within, ...now]) => ({ name, within, before, now }))) }
}
const NAMES = namesOf(CAN_THO)

const became = (text: string, { province = CAN_THO, written = '', own = '', today = NOW, names = namesOf(province) } = {}) =>
  formerWard(names, text, written, own, today)?.choices ?? null

test('the country has 34 provinces and 3,321 wards and communes, and every name that took over is one of them', () => {
  assert.equal(readdirSync(FOLDER).length, 35)
  assert.equal([...FILES.values()].reduce((sum, { wards }) => sum + wards.length, 0), 3_321)
  assert.equal(FILES.get(CAN_THO)?.wards.length, 103)
  for (const [name, { province, wards, former }] of FILES) {
    assert.equal(province, name)
    assert.equal(new Set(wards).size, wards.length, name)
    for (const ward of wards) assert.match(ward, /^(Phường|Xã|Đặc khu) /)
    for (const [old, within, ...now] of Object.values(former).flat()) {
      assert.ok(now.length > 0 && within !== '', old)
      for (const heir of now) assert.ok(wards.includes(heir), `${old}: ${heir}`)
    }
  }
})

test('each of the 63 provinces of before is one of today or was merged into one', () => {
  const names = ALL.provinces.flatMap(({ name, merged }) => [name, ...merged])

  assert.equal(names.length, 63)
  assert.equal(new Set(names).size, 63)
})

test('a ward is found without marks, by its kind or without, from two letters on', () => {
  assert.deepEqual(wardsLike(NAMES, 'o mon'), ['Phường Ô Môn'])
  assert.deepEqual(wardsLike(NAMES, 'phuoc'), ['Phường Phước Thới', 'Xã Đông Phước', 'Xã Tân Phước Hưng', 'Xã Mỹ Phước'])
  assert.deepEqual(wardsLike(NAMES, 'phuong tan'), ['Phường Tân An', 'Phường Tân Lộc', 'Phường Vị Tân'])
  assert.deepEqual(wardsLike(NAMES, 'my x'), ['Phường Mỹ Xuyên'])
  assert.deepEqual(wardsLike(NAMES, 'tan'), ['Phường Tân An', 'Phường Tân Lộc', 'Xã Tân Hòa', 'Xã Tân Bình'])
  assert.deepEqual(wardsLike(NAMES, 'P. Ô'), [])
  assert.deepEqual(wardsLike(NAMES, 'P. Ô M'), ['Phường Ô Môn'])
  assert.deepEqual(wardsLike(NAMES, 'xã long h'), ['Xã Long Hưng'])
  assert.deepEqual(wardsLike(NAMES, 'Ô Môn'.normalize('NFD')), ['Phường Ô Môn'])
  assert.deepEqual(wardsLike(namesOf('Tỉnh An Giang'), 'phu quoc'), ['Đặc khu Phú Quốc'])
})

test('a name that stands there is not suggested again, and no list is long', () => {
  assert.deepEqual(wardsLike(NAMES, 'Phường Ô Môn'), [])
  assert.equal(wardsLike(NAMES, 'th').length, 4)
})

test('a province is known by its name of today or of before, with its kind or without, without marks', () => {
  const known = (text: string) => provinceOf(ALL.provinces, text)?.name ?? null
  for (const text of ['Cần Thơ', 'tp can tho', 'Tỉnh Sóc Trăng', 'hau giang']) assert.equal(known(text), CAN_THO, text)
  assert.equal(known('tỉnh bình dương'), 'Thành phố Hồ Chí Minh')
  assert.equal(known('Hoa Binh'), 'Tỉnh Phú Thọ')
  for (const text of ['', 'C', 'Thành phố', 'Paris']) assert.equal(known(text), null, text)
})

test('what is no province is told, but not while the name of one is still being typed', () => {
  for (const text of ['Paris', 'Cần Giờ', 'Tỉnh Ô Môn']) assert.equal(isNoProvince(ALL.provinces, text), true, text)
  for (const text of ['', 'C', 'Thành', 'Thành phố', 'tp can', 'Cần Thơ', 'Tỉnh Sóc', 'hau giang', 'Vĩnh L'])
    assert.equal(isNoProvince(ALL.provinces, text), false, text)
})

test('in another province an earlier ward leads to that of today, and one of ours is not said to be there', () => {
  assert.deepEqual(became('phường Bến Nghé', { province: 'Thành phố Hồ Chí Minh' }), ['Phường Sài Gòn'])
  assert.equal(became('Phường Châu Văn Liêm', { province: 'Tỉnh Vĩnh Long' }), null)
})

test('a province of before tells its own wards from those of the others', () => {
  const now = { province: 'Tỉnh Vĩnh Long' }
  const [here, there, both] = ['Bến Tre', 'tỉnh Trà Vinh', 'Vĩnh Long'].map((written) => became('Phường 7', { ...now, written }))

  assert.deepEqual(here, ['Phường Bến Tre'])
  assert.deepEqual(there, ['Phường Nguyệt Hóa'])
  assert.deepEqual(both, ['Phường Bến Tre', 'Phường Nguyệt Hóa'])
})

test('of a name that people still write, the one of today is offered', () => {
  assert.deepEqual(provincesLike(ALL.provinces, 'Thừa Thiên Huế'), ['Thành phố Huế'])
  assert.deepEqual(provincesLike(ALL.provinces, 'sai gon'), ['Thành phố Hồ Chí Minh'])
  assert.equal(isNoProvince(ALL.provinces, 'Đắc Lắc'), false)
})

test('of many wards of one name the district behind the comma tells which; without it no long list is offered', () => {
  const province = 'Thành phố Hồ Chí Minh'
  assert.deepEqual(became('Phường 1', { province }), [])
  assert.deepEqual(became('P. 1, quận Gò Vấp', { province }), ['Phường Hạnh Thông'])
  assert.deepEqual(became('phuong 1, q. go vap', { province }), ['Phường Hạnh Thông'])
})

test('an earlier ward leads to the one of today, however it is written', () => {
  for (const text of ['Châu Văn Liêm', 'phuong chau van liem', 'P.Châu Văn Liêm', 'CHÂU VĂN LIÊM, quận Ô Môn'])
    assert.deepEqual(became(text), ['Phường Ô Môn'], text)
  assert.deepEqual(became('phường Trường Lạc'), ['Phường Phước Thới'])
})

test('before the day of the change nothing is renamed', () => {
  assert.equal(became('Châu Văn Liêm', { today: BEFORE }), null)
  assert.deepEqual(became('Châu Văn Liêm', { today: '2025-07-01' }), ['Phường Ô Môn'])
  assert.equal(formerProvince(ALL.provinces, ALL.from, 'Sóc Trăng', BEFORE), null)
})

test('a name that another commune bears today asks which is meant, unless kind or district tell', () => {
  assert.deepEqual(became('long hung'), ['Phường Thới Long', 'Xã Long Hưng'])
  assert.deepEqual(became('phường Long Hưng'), ['Phường Thới Long'])
  assert.deepEqual(became('Long Hưng, quận Ô Môn'), ['Phường Thới Long'])
  assert.equal(became('xã Long Hưng'), null)
})

test('a name that stands for its ward today as before is left alone', () => {
  assert.equal(became('Phường Thới Long'), null)
  assert.equal(became('phuoc thoi'), null)
})

test('the office that takes the dossier is left its own name', () => {
  assert.equal(became('long hung', { own: 'Phường Long Hưng' }), null)
  assert.equal(became('phường Long Hưng', { own: 'UBND phường Long Hưng' }), null)
  assert.deepEqual(became('Thới An', { own: 'Phường Long Hưng' }), ['Phường Ô Môn'])
})

test('a ward that was shared out leaves the choice', () => {
  const shared = { name: 'Phường Cũ', within: 'Quận Cũ', before: CAN_THO, now: ['Phường Một', 'Phường Hai'] }
  const names: Names = { ...NAMES, wards: ['Phường Một', 'Phường Hai'], former: [shared] }

  assert.deepEqual(became('phuong cu', { names }), ['Phường Một', 'Phường Hai'])
})

test('a merged province leads to the city, which is found without marks', () => {
  assert.deepEqual(formerProvince(ALL.provinces, ALL.from, 'soc trang', NOW)?.choices, [CAN_THO])
  assert.deepEqual(formerProvince(ALL.provinces, ALL.from, 'Tỉnh Hậu Giang', NOW)?.choices, [CAN_THO])
  assert.equal(formerProvince(ALL.provinces, ALL.from, 'Cà Mau', NOW), null)
  assert.deepEqual(provincesLike(ALL.provinces, 'tp can'), [CAN_THO])
  assert.deepEqual(provincesLike(ALL.provinces, 'TP Cần Thơ'), [])
})

test('an address that names no province, or no ward of it, is asked about; earlier names and short ones are known', () => {
  const here = new Map([[CAN_THO, NAMES]])
  const odd = (ward: string, province: string) => strange(ALL.provinces, here, { ward, province })

  assert.equal(odd('Phường Long Hưng', 'Atlantis'), 'province')
  assert.equal(odd('Phường Lông Hứng Xa', 'Cần Thơ'), 'ward')
  assert.equal(odd('P. Long Hưng', 'TP Cần Thơ'), null)
  assert.equal(odd('Châu Văn Liêm, Ô Môn', 'Cần Thơ'), null)
  assert.equal(odd('Phường Không Có', 'Hà Nội'), null)
  assert.equal(odd('Phường Không Có', ''), null)
  assert.equal(odd('', 'Cần Thơ'), null)
})
