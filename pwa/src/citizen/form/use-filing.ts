/** One dossier with its definition, from the book. */
import { useEffect, useState } from 'preact/hooks'

import { book, useBook } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'

export type Filing =
  | { is: 'coming' }
  | { is: 'missing' }
  | { is: 'there'; dossier: Dossier; definition: Definition }

export function useFiling(id: string): Filing {
  const dossier = useBook(() => book.get(id))
  const [ready, setReady] = useState(false)
  const [definition, setDefinition] = useState<Definition | null>(null)
  useEffect(() => {
    let left = false
    void (async () => {
      await book.ready()
      const found = book.get(id)
      const its = found === null ? null : await book.definition(found)
      if (left) return
      setDefinition(its)
      setReady(true)
    })()
    return () => {
      left = true
    }
  }, [id])
  if (!ready) return { is: 'coming' }
  if (dossier === null || definition === null) return { is: 'missing' }
  return { is: 'there', dossier, definition }
}
