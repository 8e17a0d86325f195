/** A row that leads to another page. */
import { Icon } from '../parts/icon/icon.tsx'
import type { Shape } from '../parts/icon/shapes.ts'

interface Props {
  href: string
  icon: Shape
  words: string
  more?: string | false
}

export function Door({ href, icon, words, more = false }: Props) {
  return (
    <li>
      <a class="row row--link" href={href}>
        <Icon of={icon} />
        <span class="row__text">
          {words}
          {more !== false && <span class="facts__more">{more}</span>}
        </span>
        <Icon of="next" size="s" />
      </a>
    </li>
  )
}
