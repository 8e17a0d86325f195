/** Finding a procedure by what people call it; the server ranks the same (`vectors/search.json`). */
import type { Listed } from '../../api/schema.ts'
import { fold } from '../../form/text.ts'

type Phrases = Pick<Listed, 'code' | 'name' | 'title' | 'summary' | 'keywords' | 'field'>

const wordsOf = (text: string): string[] => fold(text).match(/[a-z0-9]+/g) ?? []

/** All words stand in one phrase, in any order; the last may be begun only. */
export function says(phrase: string, words: readonly string[]): boolean {
  const said = wordsOf(phrase)
  const begun = words.at(-1) ?? ''
  return words.slice(0, -1).every((word) => said.includes(word)) && said.some((one) => one.startsWith(begun))
}

/** How well a line fits: 0 what people call it, 1 title, 2 official name or code, 3 else; null not at all. */
export function rank({ code, name, title, summary, keywords, field }: Phrases, typed: string): number | null {
  const words = wordsOf(typed)
  if (keywords.some((one) => wordsOf(one).join(' ') === words.join(' '))) return 0
  const layers = [[title], [name, code], [...keywords, ...summary, `${title} ${field.name}`]]
  const found = layers.findIndex((layer) => layer.some((phrase) => says(phrase, words)))
  return found < 0 ? null : found + 1
}

/** The lines that fit, the best first. */
export const search = <One extends Phrases>(items: readonly One[], typed: string): One[] =>
  items
    .map((item) => ({ item, place: rank(item, typed) }))
    .filter((one): one is { item: One; place: number } => one.place !== null)
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item)

/** Whether a title says all that was typed. */
export const fits = (title: string, typed: string): boolean => says(title, wordsOf(typed))
