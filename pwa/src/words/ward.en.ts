/** English: names of wards, communes and provinces in an address. */
import type { Translation } from './say.ts'
import type { ward } from './ward.vi.ts'

export const english: Translation<typeof ward> = {
  'ward.found': 'Suggested names under this box: {count}.',
  'ward.elsewhere': 'No names are suggested for this province. Type the ward or commune.',
  'ward.renamed': 'Since {day}, {old} is part of {now}.',
  'ward.renamed.which': 'Since {day}, {old} is part of {now}. Another place has the same name; choose one.',
  'ward.take': 'Write the new name: {name}',
  'ward.keep': 'Keep what I wrote: {name}',
}
