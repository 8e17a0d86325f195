/** What the person types: on the screen at once, on the device within 300 ms. */
import { useEffect, useRef, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Value, Values } from '../../form/definition.ts'

const PAUSE = 250

export interface Typing {
  values: Values
  set: (field: string, value: Value | undefined) => void
  /** Keep what is not kept yet; resolves when it is safe. */
  flush: () => Promise<void>
}

/** Typed and not kept yet, by dossier: another language draws the page anew within that moment. */
const typed = new Map<string, Values>()

export function useValues(dossier: Dossier): Typing {
  const [values, setValues] = useState<Values>({ ...dossier.values, ...typed.get(dossier.id) })
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>()

  async function flush(): Promise<void> {
    clearTimeout(timer.current)
    const changes = typed.get(dossier.id)
    if (changes === undefined) return
    const done = await book
      .change(dossier.id, (now) => ({ ...now, values: { ...now.values, ...changes }, savedAt: Date.now() }))
      .then(() => true, () => false)
    if (done && typed.get(dossier.id) === changes) typed.delete(dossier.id)
  }

  function set(field: string, value: Value | undefined): void {
    setValues((now) => ({ ...now, [field]: value }))
    typed.set(dossier.id, { ...typed.get(dossier.id), [field]: value })
    clearTimeout(timer.current)
    timer.current = setTimeout(() => void flush(), PAUSE)
  }

  useEffect(() => {
    const hide = (): void => void flush()
    addEventListener('pagehide', hide)
    document.addEventListener('visibilitychange', hide)
    return () => {
      removeEventListener('pagehide', hide)
      document.removeEventListener('visibilitychange', hide)
      void flush()
    }
  }, [])

  return { values, set, flush }
}
