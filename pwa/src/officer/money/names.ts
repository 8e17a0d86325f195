/** Who acted, as papers name them. */
import { say } from '../../words/officer-money.ts'
import type { Names } from '../shapes.ts'

/** Officers by title and full name, never as "you": what stands on the screen is printed and signed. */
export function officerSaid(actor: string, names: Names): string {
  return say('who.officer', { name: names[actor] ?? actor.replace(/^officer:/, '') })
}
