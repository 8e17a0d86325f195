/** After the first sent dossier: the pages on the home screen, where this browser can. */
import { useState } from 'preact/hooks'

import { onSharedDevice } from '../../drafts/shared-device.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { offered } from '../offered.ts'
import { installed, onApple } from './browser.ts'
import { inApp } from './inside.ts'

const KEY = 'motcua.install'

function declined(): boolean {
  try {
    return localStorage.getItem(KEY) === 'no'
  } catch {
    return true
  }
}

export function Install() {
  const [gone, setGone] = useState(() => declined() || installed() || onSharedDevice() || inApp())
  const offer = offered()
  if (gone || (offer === null && !onApple())) return null
  function no(): void {
    setGone(true)
    try {
      localStorage.setItem(KEY, 'no')
    } catch {
      // Then it is asked again next time.
    }
  }
  return (
    <section class="card stack--tight">
      <h2>{say('install.title')}</h2>
      <p>{say('install.more')}</p>
      {offer === null ? (
        <p>{say('install.apple')}</p>
      ) : (
        <button class="btn" type="button" onClick={() => void offer.prompt().then(no, no)}>
          <Icon of="plus" />
          {say('install.do')}
        </button>
      )}
      <button class="link" type="button" onClick={no}>
        {say('install.no')}
      </button>
    </section>
  )
}
