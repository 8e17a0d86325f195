/** A row that leads to another page. */
import { Icon } from '../parts/icon/icon.tsx'
import type { Shape } from '../parts/icon/shapes.ts'

export function Door({ href, icon, words }: { href: string; icon: Shape; words: string }) {
  return (
    <li>
      <a class="row row--link" href={href}>
        <Icon of={icon} />
        <span class="row__text">{words}</span>
        <Icon of="next" size="s" />
      </a>
    </li>
  )
}
