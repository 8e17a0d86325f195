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

export function useValues(dossier: Dossier): Typing {
  const [values, setValues] = useState<Values>(dossier.values)
  const unsaved = useRef<Values>({})
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>()

  async function flush(): Promise<void> {
    clearTimeout(timer.current)
    const changes = unsaved.current
    if (Object.keys(changes).length === 0) return
    unsaved.current = {}
    await book
      .change(dossier.id, (now) => ({
        ...now,
        values: { ...now.values, ...changes },
        savedAt: Date.now(),
      }))
      .catch(() => {
        unsaved.current = { ...changes, ...unsaved.current }
      })
  }

  function set(field: string, value: Value | undefined): void {
    setValues((now) => ({ ...now, [field]: value }))
    unsaved.current = { ...unsaved.current, [field]: value }
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
