/** A sheet drawn as a picture (PNG): lines of text and QR codes, one below the other. */
import { encode } from '../../parts/qr/encode.ts'

export type Piece = { text: string; size?: keyof typeof SIZES; bold?: boolean } | { code: string }

const WIDTH = 1080
const EDGE = 48
const SIZES = { small: 40, plain: 48, large: 76 }
const LEADING = 1.4
/** Modules around a code that stay white, or no reader finds it. */
const QUIET = 4

interface Block {
  height: number
  paint: (top: number) => void
}

/** Break a text into lines no wider than `room`; a word that is wider is broken itself. */
export function broken(text: string, room: number, wide: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (wide(longer) <= room) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (wide(line) > room && line.length > 1) {
      let cut = line.length - 1
      while (cut > 1 && wide(line.slice(0, cut)) > room) cut -= 1
      lines.push(line.slice(0, cut))
      line = line.slice(cut)
    }
  }
  return [...lines, line]
}

function textBlock(pen: CanvasRenderingContext2D, { text, size = 'plain', bold = false }: Exclude<Piece, { code: string }>): Block {
  const font = `${bold ? 'bold ' : ''}${SIZES[size]}px system-ui, sans-serif`
  const step = SIZES[size] * LEADING
  pen.font = font
  const lines = broken(text, WIDTH - 2 * EDGE, (one) => pen.measureText(one).width)
  return {
    height: lines.length * step,
    paint: (top) => {
      pen.font = font
      lines.forEach((line, index) => pen.fillText(line, EDGE, top + index * step + SIZES[size]))
    },
  }
}

function codeBlock(pen: CanvasRenderingContext2D, code: string): Block {
  const square = encode(code)
  const side = square.length + 2 * QUIET
  const module = Math.floor((WIDTH - 2 * EDGE) / side)
  const left = Math.floor((WIDTH - side * module) / 2)
  return {
    height: side * module,
    paint: (top) =>
      square.forEach((row, y) =>
        row.forEach((dark, x) => {
          if (dark) pen.fillRect(left + (x + QUIET) * module, top + (y + QUIET) * module, module, module)
        }),
      ),
  }
}

/** Draw it; null where this browser draws nothing. */
export function drawn(pieces: readonly Piece[]): Promise<Blob | null> {
  const canvas = document.createElement('canvas')
  const pen = canvas.getContext('2d')
  if (pen === null) return Promise.resolve(null)
  const blocks = pieces.map((piece) => ('code' in piece ? codeBlock(pen, piece.code) : textBlock(pen, piece)))
  canvas.width = WIDTH
  canvas.height = Math.ceil(blocks.reduce((all, { height }) => all + height, 2 * EDGE))
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#000'
  let top = EDGE
  for (const { height, paint } of blocks) {
    paint(top)
    top += height
  }
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
}
