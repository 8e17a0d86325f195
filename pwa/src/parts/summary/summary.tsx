/** The error summary: how many places, one link for each; it takes the focus when it appears. */
import { useEffect, useRef } from 'preact/hooks'

import { say } from '../../words/next.ts'
import { Icon } from '../icon/icon.tsx'
import '../note/note.css'
import './summary.css'

export interface Place {
  /** The id of the box that mends it, or an address of ours. */
  at: string
  words: string
  /** Another page of ours where it may be mended too. */
  elsewhere?: { at: string; words: string } | undefined
}

interface Props {
  places: readonly Place[]
  /** Another one with each attempt, so that a second failing attempt is told as well. */
  round: unknown
  /** Nothing need be put right: how to go on all the same. */
  again?: string | undefined
}

export function Summary({ places, round, again }: Props) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (places.length > 0) box.current?.focus()
  }, [round])
  if (places.length === 0) return null
  return (
    <div class={again === undefined ? 'note note--wrong' : 'note note--wait'} role="alert" tabindex={-1} ref={box} aria-labelledby="tom-tat">
      <Icon of="alert" />
      <div class="note__body">
        <h2 id="tom-tat">{say(again === undefined ? 'err.summary' : 'doubt.title', { count: places.length })}</h2>
        <ul>
          {places.map(({ at, words, elsewhere }) => (
            <li key={at}>
              {at.startsWith('/') ? (
                <a class="wrong__link" href={at}>
                  {words}
                </a>
              ) : (
                <a class={again === undefined ? 'wrong__link' : 'wrong__link wrong__link--mild'} href={`#${at}`} onClick={(event) => focusOn(event, at)}>
                  {words}
                </a>
              )}
              {elsewhere && (
                <a class={again === undefined ? 'wrong__link' : 'wrong__link wrong__link--mild'} href={elsewhere.at}>
                  {elsewhere.words}
                </a>
              )}
            </li>
          ))}
        </ul>
        {again !== undefined && <p>{again}</p>}
      </div>
    </div>
  )
}

/** By script, because the fragment of the address is the page's own. */
function focusOn(event: MouseEvent, id: string): void {
  event.preventDefault()
  const box = document.getElementById(id)
  box?.scrollIntoView({ block: 'center' })
  box?.focus()
}
