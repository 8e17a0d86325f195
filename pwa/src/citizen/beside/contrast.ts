/** Stronger contrast by choice: one attribute on the page, kept on the device. */
import { useState } from 'preact/hooks'

import './contrast.css'

const KEY = 'motcua.contrast'
const root = document.documentElement

/** Take up what was chosen before. */
export function strengthen(): void {
  root.dataset['contrast'] = 'more'
}

export function useContrast(): { strong: boolean; turn: () => void } {
  const [strong, setStrong] = useState(root.dataset['contrast'] === 'more')
  function turn(): void {
    if (strong) delete root.dataset['contrast']
    else root.dataset['contrast'] = 'more'
    setStrong(!strong)
    try {
      localStorage.setItem(KEY, strong ? '' : 'more')
    } catch {
      // The choice holds until the page is closed.
    }
  }
  return { strong, turn }
}
