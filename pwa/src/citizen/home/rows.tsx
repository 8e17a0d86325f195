/** The rows of the first page: procedures, and families of them that are easily mistaken. */
import type { Chooser, Listed } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'
import { startOf } from '../ways.ts'
import { choose } from './choosing.ts'
import type { Cause } from './home.tsx'

/** Families of procedures that are easily mistaken: a few questions find the right one. */
export function Choosers({ found }: { found: readonly Chooser[] }) {
  return (
    <section class="stack--tight">
      <h2>{say('choose.unsure')}</h2>
      <ul class="rows card card--rows">
        {found.map((chooser) => (
          <li key={chooser.id}>
            <button class="row row--link" type="button" onClick={() => choose({ chooser: chooser.id })}>
              <Icon of="info" />
              <span class="row__text">{chooser.title}</span>
              <Icon of="next" size="s" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface RowsProps {
  cause: Cause
  found: readonly Listed[]
}

/** Procedures under their fields. */
export function Fields({ cause, found }: RowsProps) {
  const fields = [...new Map(found.map(({ field }) => [field.id, field.name]))]
  return fields.map(([id, name]) => (
    <section key={id} class="stack--tight">
      <h2>{name}</h2>
      <Rows cause={cause} found={found.filter(({ field }) => field.id === id)} />
    </section>
  ))
}

export function Rows({ cause: { unit, qr }, found }: RowsProps) {
  return (
    <ul class="rows">
      {found.map((item) => (
        <li key={item.code}>
          <a class="row row--link" href={startOf(item.code, unit, qr)}>
            <Icon of="paper" />
            <span class="row__text">
              {item.title}
              {!item.fileable && <span class="facts__more">{say('home.counterOnly')}</span>}
            </span>
            <Icon of="next" size="s" />
          </a>
        </li>
      ))}
    </ul>
  )
}
