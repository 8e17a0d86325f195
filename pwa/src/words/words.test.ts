import assert from 'node:assert/strict'
import { test } from 'node:test'

import { code, day, mark, moment, money, partialDate, phone, size } from './format.ts'
import { english as besideEnglish } from './beside.en.ts'
import { beside } from './beside.vi.ts'
import { english as cardEnglish } from './card.en.ts'
import { card } from './card.vi.ts'
import { plural } from './counted.ts'
import { english as deskEnglish } from './desk.en.ts'
import { desk } from './desk.vi.ts'
import { english as claimEnglish } from './claim.en.ts'
import { claim } from './claim.vi.ts'
import { english as exemptEnglish } from './officer-exempt.en.ts'
import { exempt } from './officer-exempt.vi.ts'
import { english as firstEnglish } from './first.en.ts'
import { first } from './first.vi.ts'
import { english as laterEnglish } from './later.en.ts'
import { later } from './later.vi.ts'
import { english as leaderEnglish } from './leader.en.ts'
import { leader } from './leader.vi.ts'
import { english as lentEnglish } from './lent.en.ts'
import { lent } from './lent.vi.ts'
import { english as officerEnglish } from './officer.en.ts'
import { officer } from './officer.vi.ts'
import { english as moneyEnglish } from './officer-money.en.ts'
import { money as moneyWords } from './officer-money.vi.ts'
import { english as nextEnglish } from './next.en.ts'
import { next } from './next.vi.ts'
import { english as portalEnglish } from './portal.en.ts'
import { portal } from './portal.vi.ts'
import { fill, speak } from './say.ts'
import { english as wardEnglish } from './ward.en.ts'
import { ward } from './ward.vi.ts'
import { english as walletEnglish } from './wallet.en.ts'
import { wallet } from './wallet.vi.ts'
import { whole } from './whole.ts'

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((hit) => hit[1] ?? '').sort()

for (const [name, vi, en] of [
  ['first', first, firstEnglish],
  ['next', next, nextEnglish],
  ['later', later, laterEnglish],
  ['beside', beside, besideEnglish],
  ['card', card, cardEnglish],
  ['ward', ward, wardEnglish],
  ['portal', portal, portalEnglish],
  ['desk', desk, deskEnglish],
  ['leader', leader, leaderEnglish],
  ['officer', officer, officerEnglish],
  ['money', moneyWords, moneyEnglish],
  ['lent', lent, lentEnglish],
  ['claim', claim, claimEnglish],
  ['exempt', exempt, exemptEnglish],
  ['wallet', wallet, walletEnglish],
] as const) {
  test(`${name}: English has the same messages with the same places`, () => {
    const english = en as Record<string, string>
    assert.deepEqual(Object.keys(en).sort(), Object.keys(vi).sort())
    for (const [key, text] of Object.entries(vi))
      assert.deepEqual(places(english[key] ?? ''), places(text), key)
  })
}

test('no sentence of the pages begs, shouts or speaks of machinery', () => {
  const forbidden = /vui lòng|quý khách|không hợp lệ|đồng bộ|tải lên|submit|!/i
  for (const [key, text] of Object.entries({ ...first, ...next, ...later, ...beside, ...card, ...ward, ...portal, ...desk, ...leader, ...officer, ...moneyWords, ...lent, ...exempt, ...claim, ...wallet }))
    assert.doesNotMatch(text, forbidden, key)
})

test('how far a ward is from its target is said with its unit', () => {
  for (const [words, unit] of [
    [leader, /\{points\} điểm\s(%|phần trăm)/],
    [leaderEnglish, /\{points\} (percentage )?points/],
  ] as const)
    for (const [key, text] of Object.entries(words))
      if (text.includes('{points}')) assert.match(text, unit, key)
})

test('in English one is one', () => {
  assert.equal(plural('1 day[s] late, tried 1 time[s]'), '1 day late, tried 1 time')
  assert.equal(plural('within 1 working day[s]'), 'within 1 working day')
  assert.equal(plural('11 day[s] late, 21 dossier[s]'), '11 days late, 21 dossiers')
})

test('values are put into their places', () => {
  assert.equal(fill('Bước {now} trên {all}', { now: 3, all: 6 }), 'Bước 3 trên 6')
})

test('a number that an office wrote breaks before its note alone', () => {
  assert.equal(whole('0292 000 0004 (bịa ra)'), '0292\u00A0000\u00A00004 (bịa ra)')
})

test('in English thousands have a comma', async () => {
  await speak('en').catch(() => undefined)
  assert.equal(money(24_000), '24,000\u00A0đ')
  assert.equal(money(500), '500\u00A0đ')
  await speak('vi').catch(() => undefined)
})

test('money, days, hours and codes are written as people read them', () => {
  assert.equal(money(24_000), '24.000\u00A0đ')
  assert.equal(money(1_250_000), '1.250.000\u00A0đ')
  assert.equal(day('2026-11-22T23:30:00Z'), '23/11/2026')
  assert.equal(moment('2026-11-17T17:00:00+07:00'), '17:00 ngày 17/11/2026')
  assert.equal(partialDate('1958-05'), '05/1958')
  assert.equal(phone('0900000417'), '0900\u00A0000\u00A0417')
  assert.deepEqual(code('C7KQ4XRT9MHD2'), ['C7KQ', '4XRT', '9MHD2'])
  assert.equal(size(412_345), '412\u00A0kB')
  assert.equal(size(7_900_000), '7,9\u00A0MB')
  assert.equal(mark('3f9a07c2ff'), '3F9A 07C2')
})
