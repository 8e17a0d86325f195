/** On a shared device idle minutes wipe everything; a warning comes half a minute before. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../drafts/book.ts'
import { idle, onSharedDevice } from '../drafts/shared-device.ts'
import { say } from '../words/first.ts'

const WARNED = 30_000
const SIGNS = ['pointerdown', 'keydown', 'input', 'scroll'] as const

/** Leave the page for good: what was in memory goes with it, and the first page says so. */
const leave = (): void => location.replace(book.list()[0] ? '/?da-xoa' : '/')

export function SharedWatch() {
  const [warned, setWarned] = useState(false)
  useEffect(() => {
    if (!onSharedDevice()) return
    let last = Date.now()
    const alive = (): void => {
      last = Date.now()
      setWarned(false)
    }
    const watch = setInterval(() => {
      const left = last + idle.most - Date.now()
      if (left < 0) leave()
      else if (left < WARNED) setWarned(true)
    }, 1000)
    for (const sign of SIGNS) addEventListener(sign, alive, { passive: true })
    return () => {
      clearInterval(watch)
      for (const sign of SIGNS) removeEventListener(sign, alive)
    }
  }, [])
  if (!warned) return null
  return (
    <div class="toast toast--foot" role="alert">
      <span>{say('shared.idle')}</span>
      <button class="toast__act" type="button">
        {say('shared.here')}
      </button>
    </div>
  )
}
