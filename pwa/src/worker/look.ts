/**
 * A first look at a photo of a paper: can its letters be read? Pure, a few milliseconds.
 *
 * The picture is judged tile by tile, because blank paper tells nothing. Where a tile holds
 * letters, its sharpness is the spread of its Laplacian in proportion to the spread of its greys,
 * so that pale print and small print are judged alike. The thresholds were found on rendered
 * pages of 12 pt print: a sharp one has 2 and more, one that is just readable 0.5.
 */
import type { Hint } from './messages.ts'

/** The longest side of the copy that is looked at; the thresholds hold for it. */
export const LOOKED_AT = 800

const TILE = 32
const LETTERS = 150
const FEWEST_TILES = 16
const SHARP = 0.15
const LIGHT = 90
/** Grain spreads the Laplacian twenty times as far as the greys. */
const GRAIN = 20

function greys(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4)
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4)
    grey[at] = ((pixels[from] ?? 0) * 77 + (pixels[from + 1] ?? 0) * 150 + (pixels[from + 2] ?? 0) * 29) >> 8
  return grey
}

interface Tile {
  /** How far its greys spread: letters on paper do, blank paper does not. */
  spread: number
  /** How far its Laplacian spreads: edges and grain. */
  edges: number
}

function tile(grey: Uint8Array, width: number, left: number, top: number): Tile {
  let [sum, squares, bends, bent] = [0, 0, 0, 0]
  for (let y = top; y < top + TILE; y += 1) {
    for (let x = left; x < left + TILE; x += 1) {
      const at = y * width + x
      const here = grey[at] ?? 0
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0)
      const bend = around - 4 * here
      sum += here
      squares += here * here
      bends += bend
      bent += bend * bend
    }
  }
  const count = TILE * TILE
  return { spread: squares / count - (sum / count) ** 2, edges: bent / count - (bends / count) ** 2 }
}

function tiles(grey: Uint8Array, width: number, height: number): Tile[] {
  const found: Tile[] = []
  for (let top = 1; top + TILE < height; top += TILE)
    for (let left = 1; left + TILE < width; left += TILE) found.push(tile(grey, width, left, top))
  return found
}

/** The value that this share of all stays below. */
function rank(values: number[], share: number): number {
  values.sort((a, b) => a - b)
  return values[Math.floor(values.length * share)] ?? 0
}

/** How sharp the letters are, the camera's grain set aside; null where there is too little to read. */
function sharpness(found: readonly Tile[]): number | null {
  const grain = rank(found.map(({ edges }) => edges), 0.1)
  const letters = found.filter(({ spread }) => spread - grain / GRAIN > LETTERS)
  if (letters.length < FEWEST_TILES) return null
  return rank(letters.map(({ spread, edges }) => (edges - grain) / spread), 0.9)
}

/** How bright the paper is: the grey that nine of ten points stay below. */
function light(grey: Uint8Array): number {
  const counts = new Uint32Array(256)
  for (const one of grey) counts[one] = (counts[one] ?? 0) + 1
  let [level, below] = [0, 0]
  while (level < 255 && below + (counts[level] ?? 0) <= grey.length * 0.9) below += counts[level++] ?? 0
  return level
}

/** Judge the red, green, blue, opacity of each point; null is nothing to say. */
export function look(pixels: Uint8ClampedArray, width: number, height: number): Hint | null {
  const grey = greys(pixels)
  if (light(grey) < LIGHT) return 'dark'
  const sharp = sharpness(tiles(grey, width, height))
  return sharp !== null && sharp < SHARP ? 'blur' : null
}
