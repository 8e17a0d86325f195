/** One dossier with its definition, from the book, in the language that is spoken. */
import { useEffect, useState } from 'preact/hooks'

import { book, useBook } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { useReturn } from '../../parts/lazy/network.ts'
import { language } from '../../words/say.ts'
import { official } from './official.ts'

export type Filing =
  | { is: 'coming' }
  | { is: 'missing' }
  | { is: 'there'; dossier: Dossier; definition: Definition }

export function useFiling(id: string): Filing {
  const dossier = useBook(() => book.get(id))
  const [ready, setReady] = useState(false)
  const [definition, setDefinition] = useState<Definition | null>(null)
  const [round, setRound] = useState(0)
  const foreign = definition !== null && (definition.language ?? 'vi') !== language()
  useReturn(() => setRound((count) => count + 1), foreign || dossier?.borrowed === true)
  useEffect(() => {
    let left = false
    void (async () => {
      await book.ready()
      const found = book.get(id)
      const its = found === null ? null : await book.definition(found, language())
      if (left) return
      setDefinition(its)
      setReady(true)
      if (found === null || its === null) return
      if ((its.language ?? 'vi') === language() && found.borrowed !== true) return
      const better = await official(found)
      if (better !== null && !left) setDefinition(better)
    })()
    return () => {
      left = true
    }
  }, [id, dossier?.version, round, language()])
  if (!ready) return { is: 'coming' }
  if (dossier === null || definition === null) return { is: 'missing' }
  return { is: 'there', dossier, definition }
}
