/** What a look-up tells of a visit: that it is still to be made, never on which day. */
import type { Tracked } from '../../api/schema.ts'
import { say } from '../../words/beside.ts'

/** An answer of before tells neither, as for a dossier for which nobody has to come. */
export function visitTold({ visit_over: over = null, visit_before: before = null }: Partial<Tracked>): { value: string; more: string | null } | null {
  if (over === null) return null
  if (over) return { value: say('look.missed'), more: say('come.other') }
  return { value: say('look.come'), more: before === null ? null : say('look.before', { before }) }
}
