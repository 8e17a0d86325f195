/** A state in a word and a sign; the colour only repeats it. */
import { Icon } from '../icon/icon.tsx'
import type { Shape } from '../icon/shapes.ts'

export type Tone = 'safe' | 'wait' | 'way' | 'late' | 'plain'

export interface Sign {
  tone: Tone
  icon: Shape
  words: string
}

export function Tag({ tone, icon, words }: Sign) {
  return (
    <span class={tone === 'plain' ? 'tag' : `tag tag--${tone}`}>
      <Icon of={icon} />
      {words}
    </span>
  )
}
