/** A refusal in the reader's language: the server's own sentence is Vietnamese. */
import { area, language } from './say.ts'

let english: Readonly<Record<string, string>> = {}

/** It has no Vietnamese of ours; its English comes with that of all other words. */
area({}, async () => {
  english = (await import('./refused.en.ts')).english
  return {}
})

/** What the refusal of this name says; the Vietnamese `title` where no other language has words. */
export const refusal = (slug: string, title: string): string => (language() === 'vi' ? title : (english[slug] ?? title))
