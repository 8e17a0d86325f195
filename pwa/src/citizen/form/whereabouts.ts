/** Where a dossier's data are now, from what is kept and what was answered, never from a guess. */
import { book } from '../../drafts/book.ts'
import { filesOf, type Dossier } from '../../drafts/dossier.ts'
import type { Whereabouts } from '../../parts/where/where.tsx'
import { say } from '../../words/first.ts'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'

/** How many of the photos the server holds. */
export function photosArrived(dossier: Dossier): { have: number; all: number } {
  const files = filesOf(dossier.pages)
  const whole = files.filter(({ sha256, size }) => dossier.sending.files[sha256]?.have === size)
  return { have: whole.length, all: files.length }
}

/** Its form was never here in the language spoken: without network its questions stay in the other. */
const isForeign = ({ titles }: Dossier): boolean => titles !== undefined && titles[language()] === undefined

export function whereabouts(dossier: Dossier): Whereabouts {
  const at = placeOf(dossier)
  return isForeign(dossier) ? { ...at, words: `${at.words}. ${say('where.foreign')}` } : at
}

function placeOf(dossier: Dossier): Whereabouts {
  if (dossier.proof !== null) return { place: 'office', words: say('where.office') }
  const { goal, why } = dossier.sending
  const { have, all } = photosArrived(dossier)
  if (goal === 'submit') {
    if (why === 'network') return { place: 'phone', words: say('where.wait'), live: true }
    const form = dossier.sending.manifest === null ? 0 : 1
    return { place: 'way', words: say('where.way', { have: have + form, all: all + 1 }), live: true }
  }
  if (goal === 'hold' && why === null && have < all)
    return { place: 'way', words: say('where.photos', { have, all }), live: true }
  if (!book.lasting()) return { place: 'phone', words: say('where.unsaved') }
  return { place: 'phone', words: say('where.saved', { hour: format.hour(dossier.savedAt) }) }
}
