/** A visit whose session is over on the very day that was chosen: asked about once, never refused. */
import { placed, type Wrong } from './check.ts'
import type { Definition, Field, Values } from './definition.ts'
import { isOver } from './today.ts'
import { fault } from './wrong.ts'

/** The choice beside the day names the sessions of the desk (`07:00–11:30, 13:30–17:00`), in their order. */
export function doubtsOfVisit({ unit }: Pick<Definition, 'unit'>, fields: readonly Field[], values: Values): Wrong[] {
  const day = fields.find(({ lead }) => lead?.ends)
  const part = fields.find(({ kind }) => kind === 'choice')
  const sessions = unit?.hours?.split(', ') ?? []
  if (!day || !part?.options || part.options.length !== sessions.length) return []
  const [on, session] = [String(values[day.id]), sessions[part.options.findIndex(({ id }) => id === values[part.id])]]
  if (session === undefined || !isOver(on, session.slice(-5)) || isOver(on, day.lead?.ends ?? '')) return []
  return placed(part, [fault('over')])
}
