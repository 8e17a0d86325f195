/** A newer version waits: offered only where nothing is being filled in. */
import { useEffect, useState } from 'preact/hooks'

import { Icon } from '../parts/icon/icon.tsx'
import { say } from '../words/later.ts'

export function NewVersion() {
  const [waiting, setWaiting] = useState<ServiceWorker | null>(null)
  useEffect(() => {
    void navigator.serviceWorker?.getRegistration().then((found) => setWaiting(found?.waiting ?? null))
  }, [])
  if (waiting === null) return null
  function take(): void {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload())
    waiting?.postMessage('take-over')
  }
  return (
    <div class="note">
      <Icon of="again" />
      <p class="note__body">
        {say('version.new')}{' '}
        <button class="link" type="button" onClick={take}>
          {say('version.take')}
        </button>
      </p>
    </div>
  )
}
