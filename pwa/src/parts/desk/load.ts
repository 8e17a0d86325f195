/** Reading something for a desk: on its way, there, refused, or out of reach. */
import { useEffect, useRef, useState } from 'preact/hooks'

import type { Problem, Result } from '../../api/client.ts'
import { useReturn } from '../lazy/network.ts'
import { ask } from './session.ts'

export type Load<Body> =
  | { is: 'coming' }
  | { is: 'there'; body: Body }
  | { is: 'refused'; problem: Problem }
  | { is: 'offline' }

export interface Loading<Body> {
  load: Load<Body>
  /** Ask once more, and tell whether it was answered; what is there stays until then. */
  again: () => Promise<boolean>
  /** Put in what an action answered. */
  put: (body: Body) => void
}

/** What is on the page after an ask: without network, what is there is better than nothing. */
function after<Body>(before: Load<Body>, result: Result<Body>): Load<Body> {
  if (result.end === 'answer') return { is: 'there', body: result.body }
  const gone = result.end === 'refusal' && (result.status === 404 || result.status === 403)
  if (before.is === 'there' && !gone) return before
  if (result.end === 'lost') return { is: 'offline' }
  return result.status === 401 ? before : { is: 'refused', problem: result.problem }
}

/** Read `path`. */
export function useLoad<Body>(path: string): Loading<Body> {
  const [load, setLoad] = useState<Load<Body>>({ is: 'coming' })
  const wanted = useRef('')

  async function again(): Promise<boolean> {
    const result = await ask<Body>(path)
    if (wanted.current === path) setLoad((before) => after(before, result))
    return result.end === 'answer'
  }

  useEffect(() => {
    wanted.current = path
    setLoad({ is: 'coming' })
    void again()
    return () => {
      wanted.current = ''
    }
  }, [path])
  useReturn(() => void again(), load.is === 'offline')
  return { load, again, put: (body) => setLoad({ is: 'there', body }) }
}

/** Ask again when the person comes back to the page; never by a clock, so that sessions can end. */
export function useReturning(again: () => unknown): void {
  useEffect(() => {
    const back = (): void => {
      if (document.visibilityState === 'visible') void again()
    }
    document.addEventListener('visibilitychange', back)
    return () => document.removeEventListener('visibilitychange', back)
  })
}
