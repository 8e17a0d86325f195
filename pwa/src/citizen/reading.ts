/** Reading something public for a page: on its way, there, refused, or out of reach. */
import { useEffect, useState } from 'preact/hooks'

import { read, type Problem } from '../api/client.ts'

export type Reading<Body> =
  | { is: 'coming' }
  | { is: 'there'; body: Body }
  | { is: 'refused'; problem: Problem }
  | { is: 'offline' }

/** Read `path` (nothing while null); `again` asks once more. */
export function useReading<Body>(path: string | null): { reading: Reading<Body>; again: () => void } {
  const [reading, setReading] = useState<Reading<Body>>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (path === null) return
    let left = false
    setReading({ is: 'coming' })
    void read<Body>(path).then((result) => {
      if (left) return
      if (result.end === 'answer') setReading({ is: 'there', body: result.body })
      else if (result.end === 'lost') setReading({ is: 'offline' })
      else setReading({ is: 'refused', problem: result.problem })
    })
    return () => {
      left = true
    }
  }, [path, round])
  return { reading, again: () => setRound((count) => count + 1) }
}

/** Ask again when the network is back. */
export function useReturn(again: () => void, when: boolean): void {
  useEffect(() => {
    if (!when) return
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [when])
}
