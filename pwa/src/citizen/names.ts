/** What a procedure is called in the language spoken: posters, pay links and drafts carry it in Vietnamese alone. */
import type { Listed } from '../api/schema.ts'
import { language } from '../words/say.ts'
import { procedureAt, useReading } from './reading.ts'

export interface Named {
  code?: string
  /** The official one. */
  name: string
  /** The plain one, where there is one. */
  title?: string | null
}

/** The title given at once; that of the language spoken as soon as the list has come, if it is `wanted`. */
export function useNames(wanted = language() !== 'vi'): (procedure: Named) => string {
  const { reading } = useReading<{ items: Listed[] }>(wanted ? procedureAt(null, {}) : null)
  const items = wanted && reading.is === 'there' ? reading.body.items : []
  return (procedure) =>
    items.find(({ code, name }) => code === procedure.code || name === procedure.name)?.title ?? procedure.title ?? procedure.name
}
