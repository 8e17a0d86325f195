/** Where an answer is asked for in the reader's language. */
import { language } from '../../words/say.ts'

/** The words of procedures come in English where they have it; Vietnamese is what every call answers. */
export function spoken(path: string, reads = language()): string {
  if (reads === 'vi') return path
  return `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams({ language: reads }).toString()}`
}
