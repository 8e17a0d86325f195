/** Larger text: one attribute on the page, kept on the device. */
import { useEffect, useState } from 'preact/hooks'

export type TextSize = '' | 'large' | 'larger'

const KEY = 'motcua.text'
const NEXT: Readonly<Record<TextSize, TextSize>> = { '': 'large', large: 'larger', larger: '' }
const listeners = new Set<() => void>()

function current(): TextSize {
  const size = document.documentElement.dataset['text']
  return size === 'large' || size === 'larger' ? size : ''
}

function set(size: TextSize): void {
  if (size === '') delete document.documentElement.dataset['text']
  else document.documentElement.dataset['text'] = size
  for (const listener of listeners) listener()
}

/** One size up, and from the largest back to the usual. */
export function largerText(): void {
  const size = NEXT[current()]
  set(size)
  try {
    localStorage.setItem(KEY, size)
  } catch {
    // The size holds until the page is closed.
  }
}

/** Take up the size chosen before. */
export function restoreTextSize(): void {
  try {
    const kept = localStorage.getItem(KEY)
    if (kept === 'large' || kept === 'larger') set(kept)
  } catch {
    // A device that keeps nothing starts with the usual size.
  }
}

export function useTextSize(): TextSize {
  const [size, setSize] = useState(current)
  useEffect(() => {
    const listener = (): void => setSize(current())
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return size
}
