/** What the person types: on the screen at once, on the device right after. */
import { useEffect, useRef, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Value, Values } from '../../form/definition.ts'
import { stillLent } from '../../form/lent.ts'

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
  const keeping = useRef(false)

  async function flush(): Promise<void> {
    const changes = typed.get(dossier.id)
    if (changes === undefined) return
    const done = await book
      .change(dossier.id, (now) => ({
        ...now,
        values: { ...now.values, ...changes },
        ...(now.lent && { lent: stillLent(now.lent, now.values, changes) }),
        savedAt: Date.now(),
      }))
      .then(() => true, () => false)
    if (done && typed.get(dossier.id) === changes) typed.delete(dossier.id)
  }

  /** One at a time; what is typed meanwhile goes with the next. What could not be kept waits. */
  async function keep(): Promise<void> {
    if (keeping.current) return
    keeping.current = true
    let last: Values | undefined
    do {
      last = typed.get(dossier.id)
      await flush()
    } while (typed.has(dossier.id) && typed.get(dossier.id) !== last)
    keeping.current = false
  }

  function set(field: string, value: Value | undefined): void {
    setValues((now) => ({ ...now, [field]: value }))
    typed.set(dossier.id, { ...typed.get(dossier.id), [field]: value })
    void keep()
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
