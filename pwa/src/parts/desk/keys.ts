/** Shortcuts of one key: they can be turned off (WCAG 2.1.4), and rest while somebody types. */
import type { RefObject } from 'preact'
import { useLayoutEffect, useState } from 'preact/hooks'

const KEPT = 'motcua.keys'

function kept(): boolean {
  try {
    return localStorage.getItem(KEPT) !== 'off'
  } catch {
    return true
  }
}

const listeners = new Set<(on: boolean) => void>()
let now = kept()

function change(): void {
  now = !now
  for (const listener of listeners) listener(now)
  try {
    localStorage.setItem(KEPT, now ? 'on' : 'off')
  } catch {
    // The choice holds until the page is closed.
  }
}

/** Whether shortcuts are on, and the switch; it holds at once for everything on the page. */
export function useKeysOn(): [boolean, () => void] {
  const [on, setOn] = useState(now)
  useLayoutEffect(() => {
    listeners.add(setOn)
    setOn(now)
    return () => {
      listeners.delete(setOn)
    }
  }, [])
  return [on, change]
}

const typing = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null

/** Do what a key stands for; before the next key is pressed the page has drawn what this one did. */
export function useKeys(keys: Readonly<Record<string, () => void>>, on: boolean): void {
  useLayoutEffect(() => {
    if (!on) return
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
      const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
      if (act === undefined) return
      event.preventDefault()
      act()
    }
    addEventListener('keydown', press)
    return () => removeEventListener('keydown', press)
  })
}

/** Move the focus to the next or previous line; Enter then opens it as any link. */
function step(table: HTMLTableElement | null, by: 1 | -1): void {
  const links = [...(table?.querySelectorAll<HTMLElement>('.table__link') ?? [])]
  const at = links.findIndex((link) => link === document.activeElement)
  const to = at === -1 ? (by === 1 ? 0 : links.length - 1) : at + by
  links[to]?.focus()
}

/** J and K walk through the lines of a table. */
export function useWalk(table: RefObject<HTMLTableElement>): void {
  const [on] = useKeysOn()
  useKeys({ j: () => step(table.current, 1), k: () => step(table.current, -1) }, on)
}
