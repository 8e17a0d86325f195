/**
 * A first look at a photo of a paper: can its letters be read? Pure, a few milliseconds.
 *
 * The picture is judged tile by tile, because blank paper tells nothing. Where a tile holds
 * letters, its sharpness is the spread of its Laplacian in proportion to the spread of its greys,
 * so that pale print and small print are judged alike. The thresholds were found on rendered
 * pages of 12 pt print: a sharp one has 2 and more, one that is just readable 0.5. Where letters
 * have run into grey clouds, what is left of them is judged, soft shadows set aside; a camera that
 * moved leaves edges along its way and none across.
 */
import type { Hint } from './messages.ts'

/** The longest side of the copy that is looked at; the thresholds hold for it. */
export const LOOKED_AT = 800

const TILE = 32
const MIDDLE = (TILE - 1) / 2
const LETTERS = 150
const FEWEST_TILES = 16
const SHARP = 0.15
const LIGHT = 90
/** What is left of letters that have run into clouds: it spreads less, and what is sharp is sharper. */
const CLOUDS = 30
const CLEAR = 0.28
/** Of the bends along the best of four lines the worst has a quarter and more, if nothing moved. */
const MOVED = 0.1
/** A picture whose longest side is shorter holds no readable page. */
const SMALLEST = 400
/** Grain spreads the Laplacian twenty times as far as the greys. */
const GRAIN = 20

function greys(pixels: Uint8ClampedArray): Uint8Array {
  const grey = new Uint8Array(pixels.length / 4)
  for (let at = 0, from = 0; at < grey.length; at += 1, from += 4)
    grey[at] = ((pixels[from] ?? 0) * 77 + (pixels[from + 1] ?? 0) * 150 + (pixels[from + 2] ?? 0) * 29) >> 8
  return grey
}

interface Tile {
  left: number
  top: number
  /** How far its greys spread: letters on paper do, blank paper does not. */
  spread: number
  /** The same, without light that only grows or fades across the tile. */
  clouds: number
  /** How far its Laplacian spreads: edges and grain. */
  edges: number
}

/** How much of the greys is a light that grows evenly along a line or a column. */
const evenly = (lean: number): number => (lean * lean * 12) / (TILE ** 4 * (TILE ** 2 - 1))

function tile(grey: Uint8Array, width: number, left: number, top: number): Tile {
  let [sum, squares, bends, bent, across, down] = [0, 0, 0, 0, 0, 0]
  for (let y = top; y < top + TILE; y += 1) {
    for (let x = left; x < left + TILE; x += 1) {
      const at = y * width + x
      const here = grey[at] ?? 0
      const around = (grey[at - 1] ?? 0) + (grey[at + 1] ?? 0) + (grey[at - width] ?? 0) + (grey[at + width] ?? 0)
      const bend = around - 4 * here
      sum += here
      squares += here * here
      across += here * (x - left - MIDDLE)
      down += here * (y - top - MIDDLE)
      bends += bend
      bent += bend * bend
    }
  }
  const count = TILE * TILE
  const spread = squares / count - (sum / count) ** 2
  return { left, top, spread, clouds: spread - evenly(across) - evenly(down), edges: bent / count - (bends / count) ** 2 }
}

/** How far the greys bend along one line through each point of a tile. */
function bendsAlong(grey: Uint8Array, width: number, { left, top }: Tile, step: number): number {
  let bent = 0
  for (let y = top; y < top + TILE; y += 1)
    for (let at = y * width + left; at < y * width + left + TILE; at += 1)
      bent += ((grey[at - step] ?? 0) + (grey[at + step] ?? 0) - 2 * (grey[at] ?? 0)) ** 2
  return bent / TILE ** 2
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

/** How much the letters bend in nine of ten tiles at most, the camera's grain set aside. */
function sharpness(letters: readonly Tile[], grain: number, bends: (one: Tile) => number): number {
  return rank(letters.map((one) => (bends(one) - grain) / one.spread), 0.9)
}

/** Whether the letters bend along one line as good as not at all, as they do where the camera moved. */
function moved(found: readonly Tile[], letters: readonly Tile[], grey: Uint8Array, width: number): boolean {
  const along = [1, width, width + 1, width - 1].map((step) => {
    const bends = (one: Tile): number => bendsAlong(grey, width, one, step)
    return sharpness(letters, rank(found.map(bends), 0.1), bends)
  })
  return Math.min(...along) < MOVED * Math.max(...along)
}

/** Whether the letters cannot be read; where there is too little to read nothing is said. */
function isBlurred(found: readonly Tile[], grey: Uint8Array, width: number): boolean {
  const edges = (one: Tile): number => one.edges
  const grain = rank(found.map(edges), 0.1)
  const letters = found.filter(({ spread }) => spread - grain / GRAIN > LETTERS)
  if (letters.length >= FEWEST_TILES) return sharpness(letters, grain, edges) < SHARP || moved(found, letters, grey, width)
  const clouds = found.filter((one) => one.clouds - grain / GRAIN > CLOUDS)
  return clouds.length >= FEWEST_TILES && sharpness(clouds, grain, edges) < CLEAR
}

/** Whether anything is in the picture at all. */
const isBlank = (grey: Uint8Array): boolean => grey.every((one) => Math.abs(one - (grey[0] ?? 0)) < CLOUDS)

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
  if (Math.max(width, height) < SMALLEST) return isBlank(grey) ? null : 'small'
  return isBlurred(tiles(grey, width, height), grey, width) ? 'blur' : null
}
