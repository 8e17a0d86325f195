/** A QR code as a picture on the phone, for banking apps that read pictures. */
import { encode } from '../../parts/qr/encode.ts'

const MODULE = 12
const BORDER = 4

export async function savePicture(text: string, name: string): Promise<void> {
  const square = encode(text)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = (square.length + 2 * BORDER) * MODULE
  const pen = canvas.getContext('2d')
  if (pen === null) return
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.fillStyle = '#000'
  square.forEach((row, y) =>
    row.forEach((dark, x) => {
      if (dark) pen.fillRect((x + BORDER) * MODULE, (y + BORDER) * MODULE, MODULE, MODULE)
    }),
  )
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob === null) return
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}
