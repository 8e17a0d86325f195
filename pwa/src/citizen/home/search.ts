/**
 * Finding a procedure by what people type; the server finds the same (`vectors/search.json`).
 *
 * A word typed with marks means a word with these marks, one without any mark means every word that reads so without its marks.
 * Fillers (`Tôi muốn làm …`) say nothing of what is wanted.
 */
import type { Elsewhere, Listed } from '../../api/schema.ts'

type Phrases = Pick<Listed, 'code' | 'name' | 'title' | 'summary' | 'keywords' | 'field'>

/** A word as it is compared: its letters with the marks of vowels and đ, its tone, its letters without any mark. */
interface Word {
  letters: string
  tone: string
  bare: string
}
type Alike = (word: Word, said: Word) => boolean

/** The place of a line that says the words in its summary alone. */
const SUMMARY = 7
/** Up to this place the words stand one after the other in what people call it. */
const ALIKE = 4
/** Of so many words one is enough to come near, of more it takes more than half. */
const FEW = 2

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** People in the South write hỏi and ngã for one another, everybody kí and ký. */
function wordOf(text: string): Word {
  const tone = (text.match(TONES)?.at(-1) ?? '').replace('\u0303', '\u0309')
  const letters = text.replace(/[^a-z0-9đ\u0302\u0306\u031b]/g, '').replace(/([hklmst])y$/, '$1i')
  return { letters, tone, bare: letters.replace(/[^a-z0-9đ]/g, '').replaceAll('đ', 'd') }
}

const split = (text: string): Word[] =>
  (text.normalize('NFD').toLowerCase().replaceAll('ð', 'đ').match(/[a-z0-9đ][a-z0-9đ\u0300-\u036f]*/g) ?? []).map(wordOf)

/** The words of every text that was looked at: the same list is searched at every letter. */
const seen = new Map<string, Word[]>()

function wordsOf(text: string): Word[] {
  const words = seen.get(text) ?? split(text)
  seen.set(text, words)
  return words
}

const strictly: Alike = (word, said) => word.letters === said.letters && word.tone === said.tone
const plain = ({ letters, tone, bare }: Word): boolean => letters === bare && tone === ''

/** A typed word means a word of a phrase. */
const fits: Alike = (word, said) => (plain(word) ? word.bare === said.bare : strictly(word, said))

/** It is that word, or its beginning, its tone yet to come. */
const begins: Alike = (word, said) =>
  plain(word) ? said.bare.startsWith(word.bare) : said.letters.startsWith(word.letters) && (word.tone === '' || word.tone === said.tone)

const begun: Alike = (word, said) => fits(word, said) || (word.bare.length > 1 && begins(word, said))

/** Without the fillers; of fillers alone nothing is left. */
const without = (words: readonly Word[], fillers: readonly Word[], alike = fits): Word[] =>
  words.filter((word) => !fillers.some((filler) => alike(word, filler)))

const same = (phrase: readonly Word[], words: readonly Word[]): boolean =>
  phrase.length === words.length && words.every((word, at) => fits(word, phrase[at]!))

/** The words stand one after the other, the last one as far as `last` takes it. */
const inTurn = (phrase: readonly Word[], words: readonly Word[], last: Alike): boolean =>
  words.length === 0 ||
  phrase.some(
    (_, start) =>
      start + words.length <= phrase.length &&
      words.every((word, at) => (at + 1 < words.length ? fits : last)(word, phrase[start + at]!)),
  )

const inAnyOrder = (phrase: readonly Word[], words: readonly Word[]): boolean => words.every((word) => phrase.some((said) => fits(word, said)))

/**
 * How well a line fits, null not at all: 0 what people call it; 1 the same but for fillers; 2 the title, 3 a word of the people has
 * the words one after the other, 4 with the last one begun; 5 official name or code; 6 all words there in any order; 7 all words in
 * one line of the summary.
 */
function rank({ code, name, title, summary, keywords, field }: Phrases, words: readonly Word[], fillers: readonly Word[]): number | null {
  const known = keywords.map(wordsOf)
  const names = [name, code].map(wordsOf)
  const called = [wordsOf(title), ...known]
  const kept = without(words, fillers)
  const layers = [
    () => known.some((one) => same(one, words)),
    () => kept.length > 0 && known.some((one) => same(without(one, fillers, strictly), kept)),
    () => inTurn(called[0]!, words, fits),
    () => known.some((one) => inTurn(one, words, fits)),
    () => called.some((one) => inTurn(one, words, begins)),
    () => names.some((one) => inTurn(one, words, begins)),
    () => [...called, ...names, wordsOf(`${title} ${field.name}`)].some((one) => inAnyOrder(one, words)),
    () => summary.some((one) => inAnyOrder(wordsOf(one), words)),
  ]
  const place = layers.findIndex((layer) => layer())
  return place < 0 ? null : place
}

/** For the vectors: the place of a line. */
export const placeOf = (line: Phrases, typed: string, fillers: readonly string[]): number | null =>
  rank(line, wordsOf(typed), fillers.flatMap(wordsOf))

/** Where a phrase begins in what was typed; one word alone only with its own marks, the last may be begun where it was typed last. */
function placesOf(phrase: readonly Word[], words: readonly Word[]): number[] {
  const stands = (start: number): boolean =>
    phrase.every((said, at) => {
      const word = words[start + at]
      if (word === undefined) return false
      if (phrase.length === 1) return strictly(word, said)
      return (at + 1 === phrase.length && word === words.at(-1) ? begun : fits)(word, said)
    })
  return words.flatMap((_, start) => (stands(start) ? [start] : []))
}

const called = ({ title, keywords }: Phrases): Word[][] => [title, ...keywords].map(wordsOf)

/** How many words the longest title or word of the people has that stands in what was typed, counted below nothing: the longest first. */
const held = (line: Phrases, words: readonly Word[]): number | null =>
  -Math.max(0, ...called(line).map((one) => (placesOf(one, words).length > 0 ? one.length : 0))) || null

/** How many words stand in the title or in one word of the people, whichever has most. */
const shared = (line: Phrases, words: readonly Word[]): number =>
  Math.max(...called(line).map((one) => words.filter((word) => one.some((said) => fits(word, said))).length))

const upTo = (place: number | null, last: number): number | null => (place !== null && place <= last ? place : null)

/** The lines that have a place, the best first. */
const best = <One extends Phrases>(lines: readonly One[], place: (line: One) => number | null): One[] =>
  lines
    .map((line) => ({ line, at: place(line) }))
    .filter((one): one is { line: One; at: number } => one.at !== null)
    .sort((one, other) => one.at - other.at)
    .map(({ line }) => line)

/** One letter alone says nothing yet. */
const said = (words: Word[]): Word[] => (words.length === 1 && words[0]?.bare.length === 1 ? [] : words)

/** What is meant in spite of a slip of marks, else the lines that say most of the words. */
function nearTo<One extends Phrases>(lines: readonly One[], words: readonly Word[]): One[] {
  const bare = words.map((word) => ({ letters: word.bare, tone: '', bare: word.bare }))
  const slipped = best(lines, (line) => upTo(rank(line, bare, []), ALIKE))
  if (slipped.length > 0) return slipped
  const most = Math.max(0, ...lines.map((line) => shared(line, words)))
  const enough = most > 0 && (most * 2 > words.length || words.length <= FEW)
  return lines.filter((line) => enough && shared(line, words) === most)
}

export interface Hits<One> {
  /** The best first. */
  lines: One[]
  /** No line says all that was typed, these say most of it. */
  near: boolean
  /** What of it other offices do. */
  elsewhere: Elsewhere[]
}

/**
 * The lines that say what was typed, else those that say most of it.
 *
 * Where another office does it nothing is shown that only comes near: it would lead to the wrong counter.
 */
export function find<One extends Phrases>(
  lines: readonly One[],
  typed: string,
  { fillers: passed = [], elsewhere = [] }: { fillers?: readonly string[]; elsewhere?: readonly Elsewhere[] },
): Hits<One> {
  const fillers = passed.flatMap(wordsOf)
  const words = said(split(typed))
  const kept = said(without(words, fillers))
  const taken = new Set<Word>()
  const doors = elsewhere.filter(({ keywords }) => {
    const spans = keywords.map(wordsOf).flatMap((one) => placesOf(one, words).map((start) => words.slice(start, start + one.length)))
    for (const word of spans.flat()) taken.add(word)
    return spans.length > 0
  })
  const own = words.filter((word) => !taken.has(word))
  const ways: ((line: One) => number | null)[] = [
    (line) => upTo(rank(line, words, fillers), SUMMARY - 1),
    (line) => upTo(rank(line, kept, fillers), SUMMARY - 1),
    (line) => held(line, own),
    (line) => rank(line, words, fillers),
    (line) => rank(line, kept, fillers),
  ]
  for (const way of doors.length > 0 ? ways.slice(0, 3) : ways) {
    const found = best(lines, way)
    if (found.length > 0) return { lines: found, near: false, elsewhere: doors }
  }
  const close = doors.length > 0 ? [] : nearTo(lines, kept)
  return { lines: close, near: close.length > 0, elsewhere: doors }
}
