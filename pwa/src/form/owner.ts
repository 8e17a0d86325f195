/** Whose dossier it is, as a list says it: enough for one's own people, little for who looks over the shoulder. */
import type { Definition, Values } from './definition.ts'
import { manifestOf } from './manifest.ts'

/** Family name and own name, between them first letters: `Nguyễn Thị Bé Tư` reads `Nguyễn T. B. Tư`. */
export function shortName(name: string): string {
  const words = name.trim().split(/\s+/)
  return words.map((word, at) => (at === 0 || at === words.length - 1 ? word : `${[...word][0]}.`)).join(' ')
}

/** The owner in the short form, an organisation in full; null while no name is given. */
export function ownerOf(definition: Definition, values: Values, today: string): string | null {
  const { name } = manifestOf(definition, { unit: '', qr: null, values, consents: [], papers: {} }, today).owner
  if (typeof name !== 'string') return null
  return definition.applicant === 'organisation' ? name : shortName(name)
}
