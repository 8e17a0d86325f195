/** Why sending stopped, in words, and the page of a paper that it is about. */
import type { Pages } from '../../drafts/dossier.ts'
import type { Stop } from '../../drafts/sending.ts'
import type { Definition } from '../../form/definition.ts'
import { say } from '../../words/later.ts'
import { refusal } from '../../words/refused.ts'
import { partName } from './part-name.ts'

const OWN_WORDS = ['photo-lost', 'photo-broken', 'receipt-differs'] as const

export function stopWords({ slug, title }: Stop): string {
  const own = OWN_WORDS.find((one) => one === slug)
  if (own !== undefined) return say(`stop.${own}`)
  return refusal(slug, title) || say('stop.other')
}

/** The page whose file was refused: its paper, and what to do with it. */
export function refusedPage(definition: Definition, pages: Pages, { file }: Stop): { paper: string; words: string } | null {
  for (const { id, name } of definition.papers) {
    const index = (pages[id] ?? []).findIndex(({ sha256 }) => sha256 === file)
    if (index >= 0) return { paper: id, words: say('stop.page', { part: partName(name, index) }) }
  }
  return null
}
