/** The header: mark, office, larger text, the other language. */
import { useState } from 'preact/hooks'

import { language, speak } from '../../words/say.ts'
import { say } from '../../words/first.ts'
import { largerText, useTextSize } from './text-size.ts'

export function Mark() {
  return (
    <svg class="top__mark" viewBox="0 0 36 36" aria-hidden="true">
      <path
        fill="currentColor"
        fill-rule="evenodd"
        d="M4 1h28a3 3 0 0 1 3 3v31h-7V8H8v27H1V4a3 3 0 0 1 3-3z"
      />
      <path fill="#f0cf7a" d="M12 12h12v23H12z" />
      <path stroke="#0b5b45" stroke-width="1.8" d="M12 17h12M12 22h12M12 27h12M12 32h12" />
    </svg>
  )
}

export function Top({ unit }: { unit?: string | undefined }) {
  return (
    <>
      <div class="top__row">
        <Mark />
        <p class="top__unit">
          <span class="top__name">Một Cửa QR</span>
          {unit ?? say('top.anyOffice')}
        </p>
        <div class="top__tools">
          <Tools />
        </div>
      </div>
      <span class="top__slats" />
    </>
  )
}

/** Larger text and the other language: in every header, also of the desks. */
export function Tools() {
  const size = useTextSize()
  const other = language() === 'vi' ? 'en' : 'vi'
  const [spoken, setSpoken] = useState(true)
  return (
    <>
      <button class="top__tool" type="button" aria-label={say('top.larger')} aria-pressed={size !== ''} onClick={largerText}>
        A
        <span class="h2" aria-hidden="true">
          A
        </span>
      </button>
      <button class="top__tool" type="button" lang={other} aria-label={other === 'en' ? 'EN, English' : 'VI, Tiếng Việt'} onClick={() => void speak(other).then(setSpoken)}>
        {other.toUpperCase()}
      </button>
      {!spoken && (
        <p class="toast toast--foot" role="alert">
          {say('top.mute')}
        </p>
      )}
    </>
  )
}
