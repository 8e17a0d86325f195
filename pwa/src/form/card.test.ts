import assert from 'node:assert/strict'
import { test } from 'node:test'

import { readCard, type Card } from './card.ts'

const TODAY = '2026-11-27'
const WHOLE = '092199000123|361234567|Nguyễn Thị Bé Tư|01021999|Nữ|Khu vực 5, Châu Văn Liêm, Ô Môn, Cần Thơ|15062021'

const read = (text: string) => readCard(text, TODAY)

function cardOf(text: string): Card {
  const reading = read(text)
  assert.equal(reading.is, 'card', text)
  return reading.is === 'card' ? reading.card : assert.fail()
}

test('the seven fields of a card are read, the old number and the day of issue are not', () => {
  assert.deepEqual(cardOf(WHOLE), {
    number: '092199000123',
    name: 'Nguyễn Thị Bé Tư',
    born: '1999-02-01',
    gender: 'nu',
    address: 'Khu vực 5, Châu Văn Liêm, Ô Môn, Cần Thơ',
  })
})

for (const [what, text] of [
  ['without an old number', WHOLE.replace('361234567', '')],
  ['with a | at the end', `${WHOLE}|`],
  ['with the further fields of cards since 2024', `${WHOLE}||Nguyễn Văn Ba|Trần Thị Tám||`],
  ['in decomposed letters', WHOLE.normalize('NFD')],
  ['with blanks around the fields', WHOLE.replaceAll('|', ' | ')],
  ['without the day of issue', WHOLE.slice(0, WHOLE.lastIndexOf('|'))],
  ['with a line end after it', `${WHOLE}\r\n`],
] as const)
  test(`a card is read ${what}`, () => {
    assert.deepEqual(cardOf(text), cardOf(WHOLE))
  })

test('a card of which a reader lost the last fields gives what is left', () => {
  const short = cardOf('092099000456||Trần Văn Lành|31121999')
  assert.deepEqual([short.born, short.gender, short.address], ['1999-12-31', null, null])
})

test('the sex is told with and without marks', () => {
  assert.equal(cardOf(WHOLE.replace('|Nữ|', '|Nu|')).gender, 'nu')
  assert.equal(cardOf(WHOLE.replace('|Nữ|', '|NAM|')).gender, 'nam')
  assert.equal(cardOf(WHOLE.replace('|Nữ|', '|F|')).gender, null)
})

test('where the card knows the year alone, the year is read', () => {
  assert.equal(cardOf(WHOLE.replace('01021999', '00001950')).born, '1950')
})

test('a day that is none, or is yet to come, is not taken over', () => {
  for (const day of ['31021999', '01131999', '00021999', '01022100', '1021999', '0102199a', ''])
    assert.equal(cardOf(WHOLE.replace('01021999', day)).born, null, day)
})

test('names of one word, of the highlands and with signs are names', () => {
  for (const name of ['Điểu', "H'Hen Niê", 'Y-Moan Ênuôl', 'Thạch Sa Rây'])
    assert.equal(cardOf(WHOLE.replace('Nguyễn Thị Bé Tư', name)).name, name)
})

test('an address with lost letters is left to be typed', () => {
  assert.equal(cardOf(WHOLE.replace('Châu', 'Ch\ufffdu')).address, null)
  assert.equal(cardOf(WHOLE.replace('Khu vực 5', 'Khu vực\u202e 5')).address, null)
  assert.equal(cardOf(WHOLE.replace('Khu vực 5', 'x'.repeat(500))).address, null)
})

test('a card whose number or name is lost is damaged', () => {
  for (const text of [
    WHOLE.replace('092199000123', '09219900012'),
    WHOLE.replace('092199000123', ''),
    WHOLE.replace('Nguyễn', 'Nguy\ufffdn'),
    WHOLE.replace('Nguyễn Thị Bé Tư', ''),
    WHOLE.replace('Nguyễn Thị Bé Tư', 'x'.repeat(130)),
  ])
    assert.equal(read(text).is, 'damaged', text)
})

test('codes of other things are no card', () => {
  for (const text of [
    '',
    '|||||||',
    'HTTPS://MOTCUA.EXAMPLE/Q/DWRCMC6R',
    '00020101021238540010A00000072701240006970415',
    '092199000123',
    'a|b|c|d|e|f|g',
    'IDVNM1990001239092199000123<<8',
  ])
    assert.equal(read(text).is, 'other', text)
})
