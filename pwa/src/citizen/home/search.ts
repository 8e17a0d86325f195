/**
 * Finding a procedure by what people type; the server finds the same (`vectors/search.json`).
 *
 * A word typed with marks means a word with these marks, one without any mark means every word that reads so without its marks.
 * Fillers (`Tôi muốn làm …`) say nothing of what is wanted.
 */
import type { Elsewhere, Listed, SearchWords } from '../../api/schema.ts'

type Phrases = Pick<Listed, 'code' | 'name' | 'title' | 'summary' | 'keywords' | 'field'>

/** A word as it is compared: its letters with the marks of vowels and đ, its tone, its letters without any mark; `whole` has both. */
interface Word {
  letters: string
  tone: string
  bare: string
  whole: string
}
/** Words that stand together, worked out once; the sets tell fast whether a word is there. */
interface Phrase {
  words: readonly Word[]
  bare: ReadonlySet<string>
  whole: ReadonlySet<string>
}
/** What a line says, worked out once: what people call it (the title first), official names, title with field, summary, all words. */
interface Said {
  called: Phrase[]
  names: Phrase[]
  titled: Phrase
  summary: Phrase[]
  bare: ReadonlySet<string>
}
type Alike = (word: Word, said: Word) => boolean

/** The place of a line that says the words in its summary alone. */
const SUMMARY = 7
/** Up to this place the words stand one after the other in what people call it. */
const ALIKE = 4
/** Up to this place they are, but for fillers, what people call it. */
const CALLED = 1
/** Of so many words one is enough to come near, of more it takes more than half. */
const FEW = 2
/** So many words are looked at; nobody needs more to say what is wanted. */
const MOST = 12

const TONES = /[\u0300\u0301\u0303\u0309\u0323]/g

/** People in the South write hỏi and ngã for one another, everybody kí and ký. */
function wordOf(text: string): Word {
  const tone = (text.match(TONES)?.at(-1) ?? '').replace('\u0303', '\u0309')
  const letters = text.replace(/[^a-z0-9đ\u0302\u0306\u031b]/g, '').replace(/([hklmst])y$/, '$1i')
  return { letters, tone, bare: letters.replace(/[^a-z0-9đ]/g, '').replaceAll('đ', 'd'), whole: letters + tone }
}

const split = (text: string): Word[] =>
  (text.normalize('NFD').toLowerCase().replaceAll('ð', 'đ').match(/[a-z0-9đ][a-z0-9đ\u0300-\u036f]*/g) ?? []).map(wordOf)

function phraseOf(words: readonly Word[]): Phrase {
  return { words, bare: new Set(words.map(({ bare }) => bare)), whole: new Set(words.map(({ whole }) => whole)) }
}

const NONE = phraseOf([])

/** Work something of ours out once: the same list is searched at every letter. */
function once<Key extends object, Value>(work: (key: Key) => Value): (key: Key) => Value {
  const known = new WeakMap<Key, Value>()
  return (key) => {
    const value = known.get(key) ?? work(key)
    known.set(key, value)
    return value
  }
}

const phrasesOf = once((texts: readonly string[]) => texts.map((text) => phraseOf(split(text))))
const allOf = once((texts: readonly string[]) => phraseOf(texts.flatMap(split)))
const saidBy = once(({ code, name, title, summary, keywords, field }: Phrases): Said => {
  const titled = phraseOf(split(`${title} ${field.name}`))
  const [called, names, lines] = [[title, ...keywords], [name, code], summary].map((texts) => phrasesOf(texts)) as [Phrase[], Phrase[], Phrase[]]
  const bare = new Set([...called, ...names, titled, ...lines].flatMap((one) => [...one.bare]))
  return { called, names, titled, summary: lines, bare }
})

const strictly: Alike = (word, said) => word.whole === said.whole
const plain = ({ whole, bare }: Word): boolean => whole === bare

/** A typed word means a word of a phrase. */
const fits: Alike = (word, said) => (plain(word) ? word.bare === said.bare : strictly(word, said))

/** It is that word, or its beginning, its tone yet to come. */
const begins: Alike = (word, said) =>
  plain(word) ? said.bare.startsWith(word.bare) : said.letters.startsWith(word.letters) && (word.tone === '' || word.tone === said.tone)

const begun: Alike = (word, said) => fits(word, said) || (word.bare.length > 1 && begins(word, said))

/** A phrase has what a typed word means. */
const has = (one: Phrase, word: Word): boolean => (plain(word) ? one.bare.has(word.bare) : one.whole.has(word.whole))
const hasAll = (one: Phrase, words: readonly Word[]): boolean => words.every((word) => has(one, word))

/** Without the fillers; of fillers alone nothing is left. */
const without = (words: readonly Word[], fillers: Phrase): Word[] => words.filter((word) => !has(fillers, word))

const same = (said: readonly Word[], words: readonly Word[]): boolean => said.length === words.length && words.every((word, at) => fits(word, said[at]!))

const sameButFor = (fillers: Phrase, { words: said }: Phrase, kept: readonly Word[]): boolean =>
  same(
    said.filter(({ whole }) => !fillers.whole.has(whole)),
    kept,
  )

/** The words stand one after the other, the last one as far as `last` takes it. */
const inTurn = ({ words: said }: Phrase, words: readonly Word[], last: Alike): boolean =>
  words.length === 0 ||
  said.some(
    (_, start) =>
      start + words.length <= said.length && words.every((word, at) => (at + 1 < words.length ? fits : last)(word, said[start + at]!)),
  )

/** Tells fast whether a line is worth a look: most have none of the words. */
function maySay({ bare }: Said, words: readonly Word[]): boolean {
  const last = words.at(-1)
  if (last === undefined) return true
  if (!words.every((word) => word === last || bare.has(word.bare))) return false
  if (bare.has(last.bare)) return true
  for (const one of bare) if (one.startsWith(last.bare)) return true
  return false
}

/**
 * How well a line fits, null not at all: 0 what people call it; 1 the same but for fillers; 2 the title, 3 a word of the people has
 * the words one after the other, 4 with the last one begun; 5 official name or code; 6 all words there in any order; 7 all words in
 * one line of the summary.
 */
function rank(line: Phrases, words: readonly Word[], fillers: Phrase): number | null {
  const said = saidBy(line)
  const kept = without(words, fillers)
  if (!maySay(said, kept)) return null
  const { called, names, titled, summary } = said
  const known = called.slice(1)
  const layers = [
    () => known.some((one) => same(one.words, words)),
    () => kept.length > 0 && known.some((one) => sameButFor(fillers, one, kept)),
    () => inTurn(called[0]!, words, fits),
    () => known.some((one) => inTurn(one, words, fits)),
    () => called.some((one) => inTurn(one, words, begins)),
    () => names.some((one) => inTurn(one, words, begins)),
    () => [...called, ...names, titled].some((one) => hasAll(one, words)),
    () => summary.some((one) => hasAll(one, words)),
  ]
  const place = layers.findIndex((layer) => layer())
  return place < 0 ? null : place
}

/** For the vectors: the place of a line. */
export const placeOf = (line: Phrases, typed: string, fillers: readonly string[]): number | null => rank(line, split(typed), allOf(fillers))

/**
 * Where a phrase begins in what was typed: one word among others only with its own marks, the last of several may be begun where
 * it was typed last.
 */
function placesOf({ words: said }: Phrase, words: readonly Word[]): number[] {
  const alone = words.length === 1 ? fits : strictly
  const stands = (start: number): boolean =>
    said.every((one, at) => {
      const word = words[start + at]
      if (word === undefined) return false
      if (said.length === 1) return alone(word, one)
      return (at + 1 === said.length && word === words.at(-1) ? begun : fits)(word, one)
    })
  return words.flatMap((_, start) => (stands(start) ? [start] : []))
}

/** How many words the longest title or word of the people has that stands in what was typed, counted below nothing: the longest first. */
const held = (line: Phrases, words: readonly Word[]): number | null =>
  -Math.max(0, ...saidBy(line).called.map((one) => (placesOf(one, words).length > 0 ? one.words.length : 0))) || null

/** How many words stand in the title or in one word of the people, whichever has most. */
function shared(line: Phrases, words: readonly Word[]): number {
  const { called, bare } = saidBy(line)
  const there = words.filter((word) => bare.has(word.bare))
  return Math.max(...called.map((one) => there.filter((word) => has(one, word)).length))
}

const upTo = (place: number | null, last: number): number | null => (place !== null && place <= last ? place : null)

/** The lines that have a place, the best first. */
const best = <One extends Phrases>(lines: readonly One[], place: (line: One) => number | null): One[] =>
  lines
    .map((line) => ({ line, at: place(line) }))
    .filter((one): one is { line: One; at: number } => one.at !== null)
    .sort((one, other) => one.at - other.at)
    .map(({ line }) => line)

/** The lines that have a place up to the last one. */
const ranked = <One extends Phrases>(lines: readonly One[], words: readonly Word[], fillers: Phrase, last = SUMMARY): One[] =>
  best(lines, (line) => upTo(rank(line, words, fillers), last))

/** One letter alone says nothing yet. */
const moreThanALetter = (words: Word[]): Word[] => (words.length === 1 && words[0]?.bare.length === 1 ? [] : words)

/** What is meant in spite of a slip of marks, else the lines that say most of the words. */
function nearTo<One extends Phrases>(lines: readonly One[], words: readonly Word[], atLeast = 1): One[] {
  const bare = words.map((word) => ({ letters: word.bare, tone: '', bare: word.bare, whole: word.bare }))
  const slipped = ranked(lines, bare, NONE, ALIKE)
  if (slipped.length > 0) return slipped
  const counts = lines.map((line) => shared(line, words))
  const most = Math.max(0, ...counts)
  const enough = most >= atLeast && (most * 2 > words.length || words.length <= FEW)
  return lines.filter((_, at) => enough && counts[at] === most)
}

export interface Hits<One> {
  /** The best first. */
  lines: One[]
  /** No line says all that was typed, these say most of it. */
  near: boolean
  /** What of it other offices do. */
  elsewhere: Elsewhere[]
  /** Something was typed that none of these offices does. */
  rest: boolean
}

interface Asked {
  words: readonly Word[]
  /** Without the fillers. */
  kept: readonly Word[]
  fillers: Phrase
}

/** The first list that has something. */
function first<One>(...ways: (() => One[])[]): One[] {
  for (const way of ways) {
    const found = way()
    if (found.length > 0) return found
  }
  return []
}

/**
 * The lines that say what was typed, else those that say most of it.
 *
 * What another office does is named beside, and what else was typed is looked for on its own; there common words (`đăng ký …`),
 * which many lines have, are not enough.
 */
export function find<One extends Phrases>(
  lines: readonly One[],
  typed: string,
  { fillers: passed = [], common = [], elsewhere = [] }: Partial<SearchWords>,
): Hits<One> {
  const fillers = allOf(passed)
  const words = moreThanALetter(split(typed).slice(0, MOST))
  const asked = { words, kept: moreThanALetter(without(words, fillers)), fillers }
  const taken = new Set<Word>()
  const doors = elsewhere.filter(({ keywords }) => {
    const spans = phrasesOf(keywords).flatMap((one) => placesOf(one, words).map((start) => words.slice(start, start + one.words.length)))
    for (const word of spans.flat()) taken.add(word)
    return spans.length > 0
  })
  if (doors.length === 0) return ours(lines, asked)
  const own = words.filter((word) => !taken.has(word))
  return { ...beside(lines, asked, own, allOf(common)), elsewhere: doors }
}

function ours<One extends Phrases>(lines: readonly One[], { words, kept, fillers }: Asked): Hits<One> {
  const found = first(
    () => ranked(lines, words, fillers, SUMMARY - 1),
    () => ranked(lines, kept, fillers, SUMMARY - 1),
    () => best(lines, (line) => held(line, words)),
    () => ranked(lines, words, fillers),
    () => ranked(lines, kept, fillers),
  )
  const close = found.length > 0 ? [] : nearTo(lines, kept)
  return { lines: [...found, ...close], near: close.length > 0, elsewhere: [], rest: true }
}

/** What is ours beside what another office does. */
function beside<One extends Phrases>(
  lines: readonly One[],
  { words, kept, fillers }: Asked,
  own: readonly Word[],
  common: Phrase,
): Omit<Hits<One>, 'elsewhere'> {
  const last = kept.length < FEW ? CALLED : SUMMARY - 1
  const said = without(own, fillers)
  const telling = without(said, common)
  const enough = telling.length >= FEW
  const found = first(
    () => ranked(lines, words, fillers, last),
    () => ranked(lines, kept, fillers, last),
    () => best(lines, (line) => held(line, own)),
    () => (enough ? ranked(lines, said, fillers, SUMMARY - 1) : []),
  )
  const close = found.length > 0 || !enough ? [] : nearTo(lines, telling, FEW)
  return { lines: [...found, ...close], near: close.length > 0, rest: telling.length > 0 }
}
