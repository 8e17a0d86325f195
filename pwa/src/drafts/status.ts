/** The state of a sent dossier, as the server tells who holds its key. */
import { useEffect, useState } from 'preact/hooks'

import { call, type Refusal, type Result } from '../api/client.ts'
import type { Attempt, FeePapers, Status } from '../api/schema.ts'
import { book } from './book.ts'
import { heard } from './claim.ts'
import type { Dossier } from './dossier.ts'
import { latest } from './latest.ts'

export type Freshness = 'asking' | 'fresh' | 'offline' | 'refused'

/** The code of a sent dossier: from its receipt, else from what the server tells. */
export const codeOf = ({ proof, status }: Pick<Dossier, 'proof' | 'status'>): string => proof?.code ?? status?.code ?? ''

/** Ask once, and keep the answer for the time without network. */
export async function refresh(dossier: Dossier): Promise<Freshness> {
  const result = await call<Status>(`/api/v1/dossiers/${dossier.id}`, { key: dossier.key })
  if (result.end === 'lost') return 'offline'
  if (result.end === 'refusal') return result.status >= 500 || result.status === 429 ? 'offline' : 'refused'
  await book.change(dossier.id, (now) => heard(now, result.body, Date.now())).catch(() => undefined)
  return 'fresh'
}

/** How many are asked about at once, so that a long list does not crowd the network. */
const ABREAST = 3

/** Ask about each once; true when none was left unheard. */
export async function refreshAll(dossiers: readonly Dossier[]): Promise<boolean> {
  const waiting = [...dossiers]
  let all = true
  const one = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined && all; next = waiting.shift())
      if ((await refresh(next)) === 'offline') all = false
  }
  await Promise.all(Array.from({ length: ABREAST }, one))
  return all
}

/**
 * Keep asking while the page is seen: every `seconds`, slower after five minutes, at once when the
 * network comes or goes.
 *
 * Only the last asking tells how fresh the page is: what was asked before the network came back may
 * end long after it, and would call the page offline again.
 */
export function useStatus(dossier: Dossier, seconds: number): { freshness: Freshness; ask: () => void } {
  const [freshness, setFreshness] = useState<Freshness>('asking')
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const began = Date.now()
    const last = latest(refresh)
    const look = async (): Promise<void> => {
      clearTimeout(timer)
      const found = document.visibilityState === 'visible' ? await last(dossier) : 'asking'
      if (left || found === null) return
      if (found !== 'asking') setFreshness(found)
      const slow = found !== 'offline' && Date.now() - began > 300_000 ? 4 : 1
      timer = setTimeout(() => void look(), seconds * 1000 * slow)
    }
    const seen = (): void => void look()
    document.addEventListener('visibilitychange', seen)
    addEventListener('online', seen)
    addEventListener('offline', seen)
    void look()
    return () => {
      left = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', seen)
      removeEventListener('online', seen)
      removeEventListener('offline', seen)
    }
  }, [dossier.id, seconds, round])
  return { freshness, ask: () => setRound((count) => count + 1) }
}

/** Start paying one way; a live attempt of the same way is given again. */
export function startPayment(dossier: Dossier, adapter: string): Promise<Result<Attempt>> {
  const path = `/api/v1/dossiers/${dossier.id}/payments`
  return call<Attempt>(path, { method: 'POST', key: dossier.key, json: { adapter }, patience: 25_000 })
}

/** A link to a file of the dossier for five minutes. */
export async function linkTo(dossier: Dossier, what: string): Promise<{ url: string } | Refusal | null> {
  const path = `/api/v1/dossiers/${dossier.id}/links`
  const result = await call<{ url: string }>(path, { method: 'POST', key: dossier.key, json: { what } })
  if (result.end === 'lost') return null
  return result.end === 'answer' ? result.body : result
}

/** The receipts of a paid fee, with links for five minutes. */
export async function feePapers(dossier: Dossier): Promise<FeePapers | Refusal | null> {
  const result = await call<FeePapers>(`/api/v1/dossiers/${dossier.id}/fee_receipts`, { key: dossier.key })
  if (result.end === 'lost') return null
  return result.end === 'answer' ? result.body : result
}
