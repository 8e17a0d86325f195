/** A VietQR as a picture on the phone, with the transfer in words: it can be paid from any phone. */
import { encode, type Square } from '../../parts/qr/encode.ts'

const MODULE = 12
const BORDER = 4
const MARGIN = BORDER * MODULE
const SMALL = 24
const LARGE = 34
const GAP = 14

/** What stands below the code: a name in small letters, its value in large ones. */
export interface Row {
  what: string
  value: string
}

/** Break a text so that each line fits; what is longer than a line alone is cut in its middle. */
export function linesOf(text: string, fits: (line: string) => boolean): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (fits(longer)) {
      line = longer
      continue
    }
    if (line !== '') lines.push(line)
    line = ''
    for (const sign of word) {
      if (line !== '' && !fits(line + sign)) {
        lines.push(line)
        line = ''
      }
      line += sign
    }
  }
  return [...lines, line]
}

interface Written {
  text: string
  font: string
  y: number
}

/** Place the rows one below the other; `end` is where the picture ends. */
function placed(pen: CanvasRenderingContext2D, rows: readonly Row[], from: number, width: number): { texts: Written[]; end: number } {
  const family = getComputedStyle(document.body).fontFamily
  const texts: Written[] = []
  let y = from
  const write = (text: string, size: number, weight: number): void => {
    pen.font = `${weight} ${size}px ${family}`
    for (const line of linesOf(text, (one) => pen.measureText(one).width <= width)) {
      y += size * 1.3
      texts.push({ text: line, font: pen.font, y })
    }
  }
  for (const { what, value } of rows) {
    write(what, SMALL, 400)
    write(value, LARGE, 700)
    y += GAP
  }
  return { texts, end: y + MARGIN }
}

function draw(pen: CanvasRenderingContext2D, square: Square, texts: readonly Written[]): void {
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, pen.canvas.width, pen.canvas.height)
  pen.fillStyle = '#000'
  square.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect((x + BORDER) * MODULE, (y + BORDER) * MODULE, MODULE, MODULE)
    }),
  )
  for (const { text, font, y } of texts) {
    pen.font = font
    pen.fillText(text, MARGIN, y)
  }
}

export async function savePicture(payload: string, rows: readonly Row[], name: string): Promise<void> {
  const square = encode(payload)
  const canvas = document.createElement('canvas')
  const side = (square.length + 2 * BORDER) * MODULE
  canvas.width = side
  const pen = canvas.getContext('2d')
  if (pen === null) return
  const { texts, end } = placed(pen, rows, side, side - 2 * MARGIN)
  canvas.height = Math.ceil(end)
  draw(pen, square, texts)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) return
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
