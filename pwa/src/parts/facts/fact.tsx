/** One thing to know: its sign, its name, what it is, and what is to be said of it. */
import { Icon } from '../icon/icon.tsx'
import type { Shape } from '../icon/shapes.ts'

interface Props {
  icon: Shape
  name: string
  value: string
  more?: string | null
}

export function Fact({ icon, name, value, more }: Props) {
  return (
    <div class="facts__item">
      <Icon of={icon} />
      <dt>{name}</dt>
      <dd class="num">
        {value}
        {more && <span class="facts__more">{more}</span>}
      </dd>
    </div>
  )
}
