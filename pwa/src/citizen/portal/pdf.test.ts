import assert from 'node:assert/strict'
import { test } from 'node:test'

import { jpegOf, pdfOf, type Jpeg } from './pdf.ts'

/** The beginning of a photo: a comment first, then its size, then something of it. */
function photo(width: number, height: number, colours = 3): ArrayBuffer {
  const two = (value: number): number[] => [value >> 8, value & 255]
  const comment = [0xff, 0xfe, 0, 5, 97, 98, 99]
  const frame = [0xff, 0xc0, 0, 8 + 3 * colours, 8, ...two(height), ...two(width), colours]
  return new Uint8Array([0xff, 0xd8, ...comment, ...frame, ...new Array<number>(3 * colours).fill(1), 0xff, 0xd9]).buffer
}

const read = (file: ArrayBuffer): Jpeg => {
  const found = jpegOf(file)
  assert.ok(found !== null)
  return found
}

async function textOf(pages: readonly Jpeg[]): Promise<string> {
  return new TextDecoder('latin1').decode(await pdfOf(pages).arrayBuffer())
}

test('a photo tells its size and whether it is grey', () => {
  const { width, height, grey } = read(photo(1600, 1200))

  assert.deepEqual([width, height, grey], [1600, 1200, false])
  assert.equal(read(photo(10, 20, 1)).grey, true)
})

test('what is no photo that a PDF can hold is none', () => {
  const cut = photo(1600, 1200).slice(0, 14)

  for (const file of [new ArrayBuffer(0), new TextEncoder().encode('%PDF-1.7 no photo').buffer, photo(9, 9, 4), photo(0, 9), cut])
    assert.equal(jpegOf(file), null)
})

test('each page is as the photo lies, and the photo is in it byte for byte', async () => {
  const text = await textOf([read(photo(1200, 1600)), read(photo(1600, 1200, 1))])

  assert.deepEqual([...text.matchAll(/MediaBox\[([^\]]+)\]/g)].map(([, box]) => box), ['0 0 595 842', '0 0 842 595'])
  assert.deepEqual([...text.matchAll(/ColorSpace\/(\w+)/g)].map(([, name]) => name), ['DeviceRGB', 'DeviceGray'])
  assert.match(text, /\/Count 2/)
  assert.ok(text.includes(new TextDecoder('latin1').decode(photo(1600, 1200, 1))))
})

test('a picture fills its page up to the margin and stands in the middle', async () => {
  const text = await textOf([read(photo(100, 100))])

  assert.match(text, /q 559\.00 0\.00 0\.00 559\.00 18\.00 141\.50 cm/)
})

test('the table at the end points at every part of the file', async () => {
  const text = await textOf([read(photo(30, 40)), read(photo(40, 30))])

  const [, at = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? []
  assert.equal(text.indexOf('xref\n0 9\n'), Number(at))
  const starts = [...text.slice(Number(at)).matchAll(/(\d{10}) 00000 n \n/g)]
  assert.equal(starts.length, 8)
  starts.forEach(([, start], index) => assert.ok(text.slice(Number(start)).startsWith(`${index + 1} 0 obj\n`)))
  for (const [, length = ''] of text.matchAll(/\/Length (\d+)>>\nstream\n/g)) assert.ok(Number(length) > 0)
})

test('the file says nothing but its pages', async () => {
  const text = await textOf([read(photo(30, 40))])

  assert.doesNotMatch(text, /Info|Author|Creat|Produc|Date|Title/)
})
