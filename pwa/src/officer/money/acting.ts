/** Sending one decision of money: it names the revision that was read, where there are several. */
import { useState } from 'preact/hooks'

import { ask } from '../../parts/desk/session.ts'
import { refusalOf, type Refusal } from './refused.ts'

export const MONEY = '/api/v1/workbench/money'
export const REFUNDS = `${MONEY}/refunds`
export const SHIFTS = '/api/v1/workbench/shifts'
export const CLOSES = '/api/v1/workbench/closes'

export interface Acting<Answer> {
  act: (verb: string, body: object) => Promise<Answer | null>
  busy: boolean
  refusal: Refusal | null
  clear: () => void
}

/**
 * `again` reads the page anew where what it shows is not how it is.
 *
 * `seen` is null where a thing has one step only: then it cannot have been read too early.
 */
export function useActing<Answer>(path: string, seen: number | null, again: () => Promise<boolean>): Acting<Answer> {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function act(verb: string, body: object): Promise<Answer | null> {
    if (busy) return null
    setBusy(true)
    setRefusal(null)
    const json = seen === null ? body : { seen, ...body }
    const result = await ask<Answer>(`${path}/${verb}`, { method: 'POST', json })
    const refused = result.end === 'answer' ? null : refusalOf(result)
    if (refused?.reload === true) await again()
    setBusy(false)
    setRefusal(refused)
    return result.end === 'answer' ? result.body : null
  }

  return { act, busy, refusal, clear: () => setRefusal(null) }
}
