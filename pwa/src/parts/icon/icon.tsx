/** A small drawing beside a word; readers skip it. */
import { drawn, type Shape } from './shapes.ts'

interface Props {
  of: Shape
  size?: 's' | 'l'
}

export function Icon({ of, size }: Props) {
  return (
    <svg class={size === undefined ? 'icon' : `icon icon--${size}`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={drawn(of)} />
    </svg>
  )
}
