/** Sending one decision: it names the revision that was read, and answers the dossier after it. */
import { useState } from 'preact/hooks'

import type { Fault } from '../../api/client.ts'
import { ask } from '../../parts/desk/session.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { forgetTyped } from '../../parts/desk/typed.ts'
import { language } from '../../words/say.ts'
import type { Full, Verb } from '../shapes.ts'
import { refusalOf, type Refusal } from './refusal.ts'

export type Act = Verb | 'quote' | 'restate' | 'collect' | 'exemption'

export interface Deciding {
  act: (verb: Act, body: object) => Promise<Full | null>
  busy: boolean
  refusal: Refusal | null
  clear: () => void
}

export const typedAs = (code: string, act: Act): string => `${code}.${act}`

export function useDeciding(full: Full): Deciding {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal | null>(null)

  async function act(verb: Act, body: object): Promise<Full | null> {
    if (busy) return null
    setBusy(true)
    setRefusal(null)
    const path = spoken(`/api/v1/workbench/dossiers/${full.code}/${verb}`)
    const result = await ask<Full>(path, { method: 'POST', json: { seen: full.rev, ...body } })
    setBusy(false)
    if (result.end !== 'answer') {
      setRefusal(refusalOf(result))
      return null
    }
    forgetTyped(typedAs(full.code, verb))
    return result.body
  }

  return { act, busy, refusal, clear: () => setRefusal(null) }
}

/** The server's words about one place of what was sent. */
export function faultAt(faults: readonly Fault[], pointer: string): string | undefined {
  const fault = faults.find((one) => one.pointer === pointer)
  return fault === undefined ? undefined : language() === 'vi' ? fault.message_vi : fault.message_en
}
