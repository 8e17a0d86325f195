import assert from 'node:assert/strict'
import { test } from 'node:test'

import { look, LOOKED_AT } from './look.ts'

const [WIDTH, HEIGHT] = [600, LOOKED_AT]

/** Greys of a page with lines of strokes as letters have them, in one place or all over; `strokes` in a line. */
function page(lines = 24, strokes = 90): Float64Array {
  const grey = new Float64Array(WIDTH * HEIGHT).fill(235)
  for (let line = 0; line < lines; line += 1)
    for (let stroke = 0; stroke < strokes; stroke += 1) {
      const [left, top, tall] = [60 + stroke * 5, 60 + line * 28, 5 + ((stroke * 7) % 6)]
      if (stroke % 7 === 6) continue
      for (let y = top; y < top + tall; y += 1) grey.fill(45, y * WIDTH + left, y * WIDTH + left + 2)
    }
  return grey
}

/** Blur as a lens does, near enough: three passes of a box. */
function blurred(grey: Float64Array, radius: number): Float64Array {
  let from = grey
  for (const step of [1, WIDTH, 1, WIDTH, 1, WIDTH]) {
    const to = new Float64Array(from.length)
    for (let at = 0; at < from.length; at += 1) {
      let sum = 0
      for (let by = -radius; by <= radius; by += 1) sum += from[at + by * step] ?? 235
      to[at] = sum / (2 * radius + 1)
    }
    from = to
  }
  return from
}

const pixels = (grey: Float64Array): Uint8ClampedArray =>
  Uint8ClampedArray.from({ length: grey.length * 4 }, (_, at) => (at % 4 === 3 ? 255 : (grey[at >> 2] ?? 0)))

const seen = (grey: Float64Array) => look(pixels(grey), WIDTH, HEIGHT)

test('a sharp page has nothing to be said about', () => {
  assert.equal(seen(page()), null)
})

test('pale print is no blur', () => {
  assert.equal(seen(page().map((one) => 170 + one / 4)), null)
})

test('a page whose letters run together is blurred', () => {
  assert.equal(seen(blurred(page(), 2)), 'blur')
  assert.equal(seen(blurred(page(), 4).map((one) => Math.min(255, 1.3 * one - 60))), 'blur')
})

test('a page so blurred that its letters are grey clouds is blurred', () => {
  for (const radius of [4, 5, 6]) {
    assert.equal(seen(blurred(page(), radius)), 'blur', `${radius}`)
    assert.equal(seen(blurred(page(8), radius)), 'blur', `8 lines, ${radius}`)
  }
})

/** A camera that moved by so many points, along a line, a column or aslant. */
function moved(grey: Float64Array, far: number, step: number): Float64Array {
  return grey.map((_, at) => {
    let sum = 0
    for (let by = 0; by < far; by += 1) sum += grey[at + by * step] ?? 235
    return sum / far
  })
}

test('a page before which the camera moved is blurred, whichever way it went', () => {
  for (const [step, far] of [[1, 10], [1, 16], [WIDTH, 8], [WIDTH, 16], [WIDTH + 1, 18], [WIDTH - 1, 18]] as const)
    assert.equal(seen(moved(page(), far, step)), 'blur', `${far} by ${step}`)
})

test('a soft shadow on a blank page is no blurred print', () => {
  const shadow = (at: number): number => 150 + 80 / (1 + Math.exp((300 - (at % WIDTH)) / 30))
  assert.equal(seen(new Float64Array(WIDTH * HEIGHT).map((_, at) => shadow(at))), null)
})

test('a picture far too small to read is small, a blank one is not', () => {
  const small = (grey: number): Uint8ClampedArray => pixels(new Float64Array(160 * 220).map((_, at) => (at % 7 < 2 ? grey : 235)))
  assert.equal(look(small(45), 160, 220), 'small')
  assert.equal(look(small(235), 160, 220), null)
})

test('the grain of a cheap camera does not make a blurred page sharp', () => {
  let state = 1
  const grain = (): number => {
    state = (state * 48271) % 2147483647
    return (state / 2147483647 - 0.5) * 10
  }
  const grey = blurred(page(), 3).map((one) => Math.min(255, 1.4 * one - 80))
  assert.equal(seen(grey.map((one) => one + grain())), 'blur')
})

test('a page in the dark is dark, sharp or not', () => {
  assert.equal(seen(page().map((one) => one * 0.3)), 'dark')
  assert.equal(seen(blurred(page(), 3).map((one) => one * 0.3)), 'dark')
})

test('a light paper on a dark table is not dark', () => {
  assert.equal(seen(page().map((one, at) => (at < WIDTH * HEIGHT * 0.8 ? 20 : one))), null)
})

test('of a blank page, or one with a word or two, nothing is said', () => {
  assert.equal(seen(new Float64Array(WIDTH * HEIGHT).fill(240)), null)
  assert.equal(seen(blurred(page(1, 30), 3)), null)
})

test('a picture smaller than one tile does no harm', () => {
  assert.equal(look(new Uint8ClampedArray([255, 255, 255, 255]), 1, 1), null)
})

test('looking takes less than 150 ms on a processor four times slower', () => {
  const picture = pixels(page())
  const times = Array.from({ length: 8 }, () => {
    const began = performance.now()
    look(picture, WIDTH, HEIGHT)
    return performance.now() - began
  })
  assert.ok(Math.min(...times) < 150 / 4, `${Math.min(...times)} ms`)
})
