/** The pages of a list after its first: asked for one at a time, the focus goes to the first new line. */
import { useState } from 'preact/hooks'

import { say } from '../../words/desk.ts'
import { ask } from './session.ts'

export interface Page<Item> {
  items: readonly Item[]
  next: string | null
}

export interface More<Item> extends Page<Item> {
  /** Nothing but the first page was asked for. */
  untouched: boolean
  busy: boolean
  /** The last page asked for did not come. */
  lost: boolean
  further: () => Promise<void>
  /** Go back to the first page alone. */
  forget: () => void
}

/** `first` may come anew; what followed it stays until `forget`. */
export function useMore<Item>(first: Page<Item>, path: (after: string) => string): More<Item> {
  const [more, setMore] = useState<Page<Item> | null>(null)
  const [busy, setBusy] = useState(false)
  const [lost, setLost] = useState(false)
  const items = [...first.items, ...(more?.items ?? [])]
  const next = more === null ? first.next : more.next

  async function further(): Promise<void> {
    if (next === null || busy) return
    setBusy(true)
    const page = await ask<Page<Item>>(path(next))
    setBusy(false)
    setLost(page.end !== 'answer')
    if (page.end !== 'answer') return
    setMore({ items: [...(more?.items ?? []), ...page.body.items], next: page.body.next })
    setTimeout(() => focusLine(items.length))
  }

  return { items, next, untouched: more === null, busy, lost, further, forget: () => setMore(null) }
}

/** The button that was pressed may be gone: reading goes on at the first line that came. */
function focusLine(at: number): void {
  const line = document.querySelectorAll<HTMLElement>('tbody > tr')[at]
  const link = line?.querySelector<HTMLElement>('a, button')
  if (line !== undefined && !link) line.tabIndex = -1
  ;(link ?? line)?.focus()
}

export function MoreButton<Item>({ more: { next, busy, lost, further } }: { more: More<Item> }) {
  if (next === null) return null
  return (
    <div class="stack--tight">
      {lost && (
        <p class="small" role="alert">
          {say('more.lost')}
        </p>
      )}
      <button class="btn btn--fit" type="button" aria-disabled={busy} onClick={() => void further()}>
        {say('more')}
      </button>
    </div>
  )
}
