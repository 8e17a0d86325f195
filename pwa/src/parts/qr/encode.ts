/**
 * QR codes (ISO/IEC 18004), level M, bytes: the text becomes a square of dark and light modules.
 *
 * Drawn on the phone, because a payment code must not depend on another server or library.
 */

/** Check bytes of each block, and number of blocks, for versions 1 to 40 at level M. */
const CHECK = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
]
const BLOCKS = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26,
  28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
]

/** Rows of modules; `true` is dark. */
export type Square = readonly (readonly boolean[])[]

interface Draft {
  side: number
  dark: boolean[][]
  /** Modules that carry no data: finders, timing, alignment, format, version. */
  fixed: boolean[][]
}

const bit = (value: number, index: number): boolean => ((value >>> index) & 1) !== 0

// ---- the field GF(256) and Reed–Solomon ----------------------------------------------------

function times(x: number, y: number): number {
  let product = 0
  for (let index = 7; index >= 0; index -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d)
    product ^= ((y >>> index) & 1) * x
  }
  return product
}

function divisor(degree: number): number[] {
  const result = Array<number>(degree).fill(0)
  result[degree - 1] = 1
  let root = 1
  for (let round = 0; round < degree; round += 1) {
    for (let at = 0; at < degree; at += 1)
      result[at] = times(result[at] ?? 0, root) ^ (result[at + 1] ?? 0)
    root = times(root, 2)
  }
  return result
}

function remainder(data: readonly number[], by: readonly number[]): number[] {
  const result = Array<number>(by.length).fill(0)
  for (const byte of data) {
    const factor = byte ^ (result.shift() ?? 0)
    result.push(0)
    by.forEach((coefficient, at) => {
      result[at] = (result[at] ?? 0) ^ times(coefficient, factor)
    })
  }
  return result
}

// ---- how much fits -------------------------------------------------------------------------

function alignment(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2
  const last = version * 4 + 10
  const others = Array.from({ length: count - 1 }, (_, index) => last - index * step)
  return [6, ...others.reverse()]
}

/** Bytes of data and check of a version. */
function room(version: number): number {
  let modules = (16 * version + 128) * version + 64
  if (version >= 2) {
    const count = Math.floor(version / 7) + 2
    modules -= (25 * count - 10) * count - 55
    if (version >= 7) modules -= 36
  }
  return modules >>> 3
}

const dataRoom = (version: number): number =>
  room(version) - (CHECK[version - 1] ?? 0) * (BLOCKS[version - 1] ?? 0)

// ---- bytes ---------------------------------------------------------------------------------

/** Mode, length, data, filling: exactly the bytes of the version. */
function packed(data: Uint8Array, version: number): number[] {
  const bits: boolean[] = []
  const push = (value: number, length: number): void => {
    for (let index = length - 1; index >= 0; index -= 1) bits.push(bit(value, index))
  }
  push(4, 4)
  push(data.length, version < 10 ? 8 : 16)
  for (const byte of data) push(byte, 8)
  const capacity = dataRoom(version) * 8
  push(0, Math.min(4, capacity - bits.length))
  push(0, (8 - (bits.length % 8)) % 8)
  for (let fill = 0xec; bits.length < capacity; fill ^= 0xec ^ 0x11) push(fill, 8)
  return Array.from({ length: bits.length / 8 }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((sum, one) => sum * 2 + Number(one), 0),
  )
}

/** Split into blocks, add the check bytes, weave them together. */
function woven(data: readonly number[], version: number): number[] {
  const blocks = BLOCKS[version - 1] ?? 1
  const check = CHECK[version - 1] ?? 10
  const all = room(version)
  const short = blocks - (all % blocks)
  const length = Math.floor(all / blocks) - check
  const by = divisor(check)
  const parts: { data: readonly number[]; check: number[] }[] = []
  for (let index = 0, from = 0; index < blocks; index += 1) {
    const part = data.slice(from, from + length + (index < short ? 0 : 1))
    from += part.length
    parts.push({ data: part, check: remainder(part, by) })
  }
  const result: number[] = []
  for (let at = 0; at <= length; at += 1)
    for (const part of parts) if (at < part.data.length) result.push(part.data[at] ?? 0)
  for (let at = 0; at < check; at += 1) for (const part of parts) result.push(part.check[at] ?? 0)
  return result
}

// ---- modules -------------------------------------------------------------------------------

function put(draft: Draft, x: number, y: number, dark: boolean): void {
  const [row, fixed] = [draft.dark[y], draft.fixed[y]]
  if (row === undefined || fixed === undefined || x < 0 || x >= draft.side) return
  row[x] = dark
  fixed[x] = true
}

function drawFinder(draft: Draft, x: number, y: number): void {
  for (let dy = -4; dy <= 4; dy += 1)
    for (let dx = -4; dx <= 4; dx += 1) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy))
      put(draft, x + dx, y + dy, ring !== 2 && ring !== 4)
    }
}

function drawAlignments(draft: Draft, version: number): void {
  const places = alignment(version)
  const last = places.length - 1
  places.forEach((y, row) =>
    places.forEach((x, column) => {
      const corner = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0)
      if (corner) return
      for (let dy = -2; dy <= 2; dy += 1)
        for (let dx = -2; dx <= 2; dx += 1)
          put(draft, x + dx, y + dy, Math.max(Math.abs(dx), Math.abs(dy)) !== 1)
    }),
  )
}

function drawFormat(draft: Draft, mask: number): void {
  let rest = mask
  for (let round = 0; round < 10; round += 1) rest = (rest << 1) ^ ((rest >>> 9) * 0x537)
  const bits = ((mask << 10) | rest) ^ 0x5412
  const { side } = draft
  for (let index = 0; index <= 5; index += 1) put(draft, 8, index, bit(bits, index))
  put(draft, 8, 7, bit(bits, 6))
  put(draft, 8, 8, bit(bits, 7))
  put(draft, 7, 8, bit(bits, 8))
  for (let index = 9; index < 15; index += 1) put(draft, 14 - index, 8, bit(bits, index))
  for (let index = 0; index < 8; index += 1) put(draft, side - 1 - index, 8, bit(bits, index))
  for (let index = 8; index < 15; index += 1) put(draft, 8, side - 15 + index, bit(bits, index))
  put(draft, 8, side - 8, true)
}

function drawVersion(draft: Draft, version: number): void {
  if (version < 7) return
  let rest = version
  for (let round = 0; round < 12; round += 1) rest = (rest << 1) ^ ((rest >>> 11) * 0x1f25)
  const bits = (version << 12) | rest
  for (let index = 0; index < 18; index += 1) {
    const [far, near] = [draft.side - 11 + (index % 3), Math.floor(index / 3)]
    put(draft, far, near, bit(bits, index))
    put(draft, near, far, bit(bits, index))
  }
}

function blank(version: number): Draft {
  const side = version * 4 + 17
  const grid = (): boolean[][] => Array.from({ length: side }, () => Array<boolean>(side).fill(false))
  const draft = { side, dark: grid(), fixed: grid() }
  for (let index = 0; index < side; index += 1) {
    put(draft, 6, index, index % 2 === 0)
    put(draft, index, 6, index % 2 === 0)
  }
  drawFinder(draft, 3, 3)
  drawFinder(draft, side - 4, 3)
  drawFinder(draft, 3, side - 4)
  drawAlignments(draft, version)
  drawFormat(draft, 0)
  drawVersion(draft, version)
  return draft
}

/** Lay the bits in their zigzag, from the lower right corner, in columns of two. */
function lay(draft: Draft, bytes: readonly number[]): void {
  let index = 0
  for (let right = draft.side - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5
    for (let step = 0; step < draft.side; step += 1) {
      const upward = ((right + 1) & 2) === 0
      const y = upward ? draft.side - 1 - step : step
      for (const x of [right, right - 1]) {
        if (draft.fixed[y]?.[x] === true || index >= bytes.length * 8) continue
        const row = draft.dark[y]
        if (row !== undefined) row[x] = bit(bytes[index >>> 3] ?? 0, 7 - (index & 7))
        index += 1
      }
    }
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_x, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function masked(draft: Draft, mask: number): Draft {
  const turn = MASKS[mask]
  const dark = draft.dark.map((row, y) =>
    row.map((one, x) => (draft.fixed[y]?.[x] === true ? one : one !== turn?.(x, y))),
  )
  const copy = { side: draft.side, dark, fixed: draft.fixed.map((row) => [...row]) }
  drawFormat(copy, mask)
  return copy
}

// ---- which mask is easiest to read -----------------------------------------------------------

const LOOKALIKE = [/(?=10111010000)/g, /(?=00001011101)/g]

function lineFaults(line: string): number {
  const runs = line.match(/0{5,}|1{5,}/g) ?? []
  const long = runs.reduce((sum, run) => sum + run.length - 2, 0)
  return long + 40 * LOOKALIKE.reduce((sum, shape) => sum + (line.match(shape)?.length ?? 0), 0)
}

function faults(square: Square): number {
  const side = square.length
  const rows = square.map((row) => row.map(Number).join(''))
  const columns = rows.map((_, x) => rows.map((row) => row[x] ?? '').join(''))
  const lines = [...rows, ...columns].reduce((sum, line) => sum + lineFaults(line), 0)
  let blocks = 0
  for (let y = 0; y + 1 < side; y += 1)
    for (let x = 0; x + 1 < side; x += 1) {
      const four = (rows[y]?.slice(x, x + 2) ?? '') + (rows[y + 1]?.slice(x, x + 2) ?? '')
      if (four === '0000' || four === '1111') blocks += 3
    }
  const dark = rows.join('').replaceAll('0', '').length
  const uneven = Math.ceil(Math.abs(dark * 20 - side * side * 10) / (side * side)) - 1
  return lines + blocks + Math.max(0, uneven) * 10
}

/** Draw a text as a QR code; RangeError when it is longer than any code holds. */
export function encode(text: string): Square {
  const data = new TextEncoder().encode(text)
  const fits = (version: number): boolean =>
    data.length + (version < 10 ? 2 : 3) <= dataRoom(version)
  const version = CHECK.findIndex((_, index) => fits(index + 1)) + 1
  if (version === 0) throw new RangeError('too long for a QR code')
  const draft = blank(version)
  lay(draft, woven(packed(data, version), version))
  const candidates = MASKS.map((_, mask) => masked(draft, mask).dark)
  return candidates.reduce((best, one) => (faults(one) < faults(best) ? one : best))
}
