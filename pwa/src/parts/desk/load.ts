/** Reading something for a desk: on its way, there, refused, or out of reach. */
import { useEffect, useState } from 'preact/hooks'

import type { Problem } from '../../api/client.ts'
import { ask } from './session.ts'

export type Load<Body> =
  | { is: 'coming' }
  | { is: 'there'; body: Body }
  | { is: 'refused'; problem: Problem }
  | { is: 'offline' }

export interface Loading<Body> {
  load: Load<Body>
  /** Ask once more; what is there stays until the answer. */
  again: () => void
  /** Put in what an action answered. */
  put: (body: Body) => void
}

/** Read `path` (nothing while null). */
export function useLoad<Body>(path: string | null): Loading<Body> {
  const [load, setLoad] = useState<Load<Body>>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (path === null) return
    let left = false
    void ask<Body>(path).then((result) => {
      if (left) return
      if (result.end === 'answer') setLoad({ is: 'there', body: result.body })
      else if (result.end === 'lost') setLoad({ is: 'offline' })
      else if (result.status !== 401) setLoad({ is: 'refused', problem: result.problem })
    })
    return () => {
      left = true
    }
  }, [path, round])
  return {
    load,
    again: () => setRound((count) => count + 1),
    put: (body) => setLoad({ is: 'there', body }),
  }
}

/** Ask again when the person comes back to the page; never by a clock, so that sessions can end. */
export function useReturning(again: () => void): void {
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') again()
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  })
}
