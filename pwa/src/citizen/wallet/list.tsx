/** What lies in the open wallet, one row each. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { wallet, type Kept } from '../../drafts/wallet.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/wallet.ts'

/** Why the wallet gave nothing: it has locked itself meanwhile, or the device does not read it. */
export const unopened = (): string => say(wallet.isOpen() ? 'wallet.broken' : 'wallet.closed')

/** Null while it is looked for, words when it cannot be read; `round` changes when something was taken away. */
export function useKept(round: unknown): readonly Kept[] | string | null {
  const [kept, setKept] = useState<readonly Kept[] | string | null>(null)
  useEffect(() => {
    void wallet.list().then(setKept, () => setKept(unopened()))
  }, [round])
  return kept
}

export function About({ kept: { name, pages, keptAt } }: { kept: Kept }): ComponentChildren {
  return (
    <span class="row__text">
      <b>{name}</b>
      <span class="facts__more">{say('wallet.pages', { count: pages, day: format.day(new Date(keptAt).toISOString()) })}</span>
    </span>
  )
}
