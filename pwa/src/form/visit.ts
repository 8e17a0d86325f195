/** A visit whose session is over on the very day that was chosen: asked about once, never refused. */
import { placed, type Wrong } from './check.ts'
import type { Field, Values } from './definition.ts'
import { isOver } from './over.ts'
import { fault } from './wrong.ts'

/** The server tells with the choice beside the day when each session of the desk ends. */
export function doubtsOfVisit(_: unknown, fields: readonly Field[], values: Values): Wrong[] {
  const day = fields.find(({ lead }) => lead?.ends)
  const part = fields.find(({ options }) => options?.some(({ ends }) => ends))
  const ends = part?.options?.find(({ id }) => id === values[part.id])?.ends
  if (!day || !part || ends === undefined) return []
  const on = String(values[day.id])
  if (!isOver(on, ends) || isOver(on, day.lead?.ends ?? '')) return []
  return placed(part, [fault('over')])
}
