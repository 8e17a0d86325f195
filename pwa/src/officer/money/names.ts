/** Who acted, as papers name them. */
import { say } from '../../words/officer-money.ts'
import type { Names } from '../shapes.ts'

/**
 * Officers by title and full name, never as "you": what stands on the screen is printed and signed.
 *
 * Lists give no titles; who has none is an officer.
 */
export function officerSaid(actor: string, names: Names, titles: Names = {}): string {
  const name = names[actor] ?? actor.replace(/^officer:/, '')
  const title = titles[actor]
  return title === undefined ? say('who.officer', { name }) : say('who.titled', { name, title })
}
