/** One dossier with its definition, from the book, in the language that is spoken. */
import { useEffect, useState } from 'preact/hooks'

import { read } from '../../api/client.ts'
import { book, useBook } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { language } from '../../words/say.ts'
import { procedureAt } from '../reading.ts'

export type Filing =
  | { is: 'coming' }
  | { is: 'missing' }
  | { is: 'there'; dossier: Dossier; definition: Definition }

/** Fetch the form in the other language, in the version that the dossier is pinned to. */
async function translated({ id, procedure, version, unit }: Dossier): Promise<Definition | null> {
  const result = await read<Definition>(procedureAt(procedure, { unit: unit.code, version }))
  if (result.end !== 'answer') return null
  const { title } = result.body
  await book.putDefinition(result.body).catch(() => undefined)
  await book.change(id, (now) => ({ ...now, titles: { ...now.titles, [language()]: title } })).catch(() => undefined)
  return result.body
}

export function useFiling(id: string): Filing {
  const dossier = useBook(() => book.get(id))
  const [ready, setReady] = useState(false)
  const [definition, setDefinition] = useState<Definition | null>(null)
  useEffect(() => {
    let left = false
    void (async () => {
      await book.ready()
      const found = book.get(id)
      const its = found === null ? null : await book.definition(found, language())
      if (left) return
      setDefinition(its)
      setReady(true)
      if (found === null || its === null || (its.language ?? 'vi') === language()) return
      const better = await translated(found)
      if (better !== null && !left) setDefinition(better)
    })()
    return () => {
      left = true
    }
  }, [id, dossier?.version])
  if (!ready) return { is: 'coming' }
  if (dossier === null || definition === null) return { is: 'missing' }
  return { is: 'there', dossier, definition }
}
