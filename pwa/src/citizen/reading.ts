/** Reading something public for a page: on its way, there, refused, or out of reach. */
import { useEffect, useState } from 'preact/hooks'

import { read, type Problem } from '../api/client.ts'
import { language } from '../words/say.ts'

export type Reading<Body> =
  | { is: 'coming' }
  | { is: 'there'; body: Body }
  | { is: 'refused'; problem: Problem }
  | { is: 'offline' }

interface Asked {
  unit?: string | null
  version?: string
}

/** Where a procedure is read; the list of all without a code. */
export function procedureAt(code: string | null, { unit, version }: Asked, spoken = language()): string {
  const query = new URLSearchParams()
  if (unit) query.set('unit', unit)
  if (version) query.set('version', version)
  if (spoken !== 'vi') query.set('language', spoken)
  const path = code === null ? '/api/v1/procedures' : `/api/v1/procedures/${encodeURIComponent(code)}`
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** Read a path; out of reach, the other one: a text in Vietnamese is better than none. */
async function readEither<Body>(path: string, instead: string | undefined) {
  const result = await read<Body>(path)
  return result.end === 'lost' && instead !== undefined && instead !== path ? read<Body>(instead) : result
}

/** Read `path` (nothing while null), or what may stand `instead`; `again` asks once more. */
export function useReading<Body>(path: string | null, instead?: string): { reading: Reading<Body>; again: () => void } {
  const [reading, setReading] = useState<Reading<Body>>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    if (path === null) return
    let left = false
    setReading({ is: 'coming' })
    void readEither<Body>(path, instead).then((result) => {
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
