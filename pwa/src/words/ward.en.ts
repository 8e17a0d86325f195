/** English: names of wards, communes and provinces in an address. */
import type { Translation } from './say.ts'
import type { ward } from './ward.vi.ts'

export const english: Translation<typeof ward> = {
  'ward.found': 'Suggested names under this box: {count}.',
  'ward.unknown':
    'This is none of the 34 provinces and cities. Look at the name again, or leave it if it is right.',
  'ward.away': 'No names of this province can be offered just now. Type the ward or commune.',
  'ward.renamed': 'Since {day}, {old} is part of {now}.',
  'ward.renamed.which': 'Since {day}, {old} is part of {now}. Another place has the same name; choose one.',
  'ward.renamed.many':
    'Since {day} {old} is no more, and several places bore that name. Add the district of before after a comma to find the new name.',
  'ward.take': 'Write the new name: {name}',
  'ward.keep': 'Keep what I wrote: {name}',
}
