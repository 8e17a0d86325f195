import assert from 'node:assert/strict'
import { test } from 'node:test'

import { readCard } from '../../form/card.ts'
import { encode, type Square } from '../../parts/qr/encode.ts'
import { readCode } from '../../worker/read-code.ts'

const TEXT = '092199000123|361234567|Nguyễn Thị Bé Tư|01021999|Nữ|Khu vực 5, Châu Văn Liêm, Ô Môn, Cần Thơ|15062021'
const [WIDTH, HEIGHT] = [640, 480]

interface Shot {
  /** Pixels to a module. */
  module?: number
  turn?: number
  light?: number
  grain?: number
  blur?: number
  /** A share of the code that is scratched away. */
  scratch?: number
}

/** A photo of the code: turned, blurred, grainy, dark, scratched. */
function photo(square: Square, shot: Shot = {}): Uint8ClampedArray {
  const { module = 5, turn = 0, light = 1, grain = 0, blur = 0, scratch = 0 } = shot
  const [sin, cos] = [Math.sin((turn * Math.PI) / 180), Math.cos((turn * Math.PI) / 180)]
  const side = square.length
  let grey = Float64Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [(at % WIDTH) - WIDTH / 2, Math.floor(at / WIDTH) - HEIGHT / 2]
    const column = Math.floor((x * cos + y * sin) / module + side / 2)
    const row = Math.floor((y * cos - x * sin) / module + side / 2)
    if (row > side * (0.5 - scratch / 2) && row < side * (0.5 + scratch / 2)) return 200
    return square[row]?.[column] === true ? 30 : 225
  })
  for (const step of [1, WIDTH])
    for (let round = 0; round < blur; round += 1)
      grey = grey.map((one, at) => ((grey[at - step] ?? one) + one + (grey[at + step] ?? one)) / 3)
  let state = 7
  const chance = (): number => (state = (state * 48271) % 2147483647) / 2147483647 - 0.5
  const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255)
  grey.forEach((one, at) => data.fill((one + chance() * grain) * light, at * 4, at * 4 + 3))
  return data
}

const read = (shot: Shot = {}, text = TEXT): string | null =>
  readCode(photo(encode(text), shot), WIDTH, HEIGHT, true)

test('the code of a card is read to the letter, as our own encoder drew it', () => {
  assert.equal(read(), TEXT)
})

for (const [how, shot] of [
  ['turned by 30 degrees', { turn: 30 }],
  ['upside down', { turn: 180 }],
  ['small in the picture', { module: 3 }],
  ['a little blurred', { blur: 2 }],
  ['with the grain of a cheap camera', { grain: 60 }],
  ['in the dark', { light: 0.3, grain: 30 }],
] as const)
  test(`it is read ${how}`, () => {
    assert.equal(read(shot), TEXT)
  })

test('a scratched code gives nothing, never something else', () => {
  assert.equal(read({ scratch: 0.5 }), null)
})

test('a picture without a code gives nothing', () => {
  assert.equal(readCode(new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(180), WIDTH, HEIGHT, true), null)
})

test('a poster is read too, and told from a card', () => {
  const text = read({}, 'HTTPS://MOTCUA.EXAMPLE/Q/DWRCMC6R')
  assert.equal(readCard(text ?? '', '2026-11-27').is, 'other')
})
