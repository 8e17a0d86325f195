/** On a shared device three idle minutes wipe everything; a warning comes half a minute before. */
import { useEffect, useState } from 'preact/hooks'

import { onSharedDevice } from '../drafts/shared-device.ts'
import { say } from '../words/first.ts'

const WARN_AFTER = 150_000
const WIPE_AFTER = 180_000
const SIGNS = ['pointerdown', 'keydown', 'input', 'scroll'] as const

/** Leave the page for good: what was in memory goes with it. */
export function leaveShared(): void {
  location.replace('/')
}

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
      const idle = Date.now() - last
      if (idle > WIPE_AFTER) leaveShared()
      else if (idle > WARN_AFTER) setWarned(true)
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
