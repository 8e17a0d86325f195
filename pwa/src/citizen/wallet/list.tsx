/** What lies in the open wallet, one row each. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { wallet, type Kept } from '../../drafts/wallet.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/wallet.ts'

/** Null while it is looked for; `round` changes when something was put in or taken away. */
export function useKept(round: unknown): readonly Kept[] | null {
  const [kept, setKept] = useState<readonly Kept[] | null>(null)
  useEffect(() => {
    void wallet.list().then(setKept, () => setKept([]))
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
