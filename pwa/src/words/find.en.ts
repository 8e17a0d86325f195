/** English: finding what to do. */
import type { find } from './find.vi.ts'
import type { Translation } from './say.ts'

export const english: Translation<typeof find> = {
  'find.found': '{count} found',
  'find.near': 'Close to what you typed',
  'find.only.near': 'Nothing fits all of it. Look at these.',
  'find.nothing': 'Nothing found. Try another word, for example: birth. Or choose one of these.',
  'find.elsewhere': 'This cannot be filed from here yet.',
  'find.part': 'Another office may do a part of this.',
  'find.unverified': 'Which office takes it has not been verified. Ask before you go.',
}
