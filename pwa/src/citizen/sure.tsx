/** One more question before something is gone for good. */
import type { ComponentChildren } from 'preact'

import { Icon } from '../parts/icon/icon.tsx'

interface Props {
  words: string
  yes: string
  no: string
  act: () => void
  stay: () => void
  /** What is to be known beside it. */
  children?: ComponentChildren
}

export function Sure({ words, yes, no, act, stay, children }: Props) {
  return (
    <div class="note note--wait" role="alert">
      <Icon of="bin" />
      <div class="note__body stack--tight">
        <p>{words}</p>
        {children}
        <button class="btn btn--warn" type="button" onClick={act}>
          {yes}
        </button>
        <button class="btn btn--plain" type="button" onClick={stay}>
          {no}
        </button>
      </div>
    </div>
  )
}
