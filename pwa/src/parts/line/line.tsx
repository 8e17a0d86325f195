/** The way of a dossier: done, now, next. The same list for phone, counter and officer. */
import type { DossierState } from '../../api/schema.ts'
import { Icon } from '../icon/icon.tsx'
import type { Shape } from '../icon/shapes.ts'
import './line.css'

export const ICON: Readonly<Record<DossierState, Shape>> = {
  draft: 'phone',
  submitted: 'office',
  accepted: 'check',
  declined: 'alert',
  processing: 'people',
  supplement_requested: 'pen',
  result_ready: 'door',
  returned: 'door',
  withdrawn: 'back',
  stopped: 'alert',
  expired: 'clock',
}

export interface Stop {
  icon: Shape
  words: string
  /** When it was, or by when it will be. */
  when?: string | null
  /** A remark under it. */
  more?: string | null
  /** The language of the remark, where it is not the page's. */
  lang?: string
}

interface Props {
  past: readonly Stop[]
  ahead: readonly Stop[]
  /** Something is still going on: the last past stop is where it stands. */
  going: boolean
}

export function Line({ past, ahead, going }: Props) {
  const last = past.length - 1
  return (
    <ol>
      {past.map((stop, index) => (
        <One key={index} stop={stop} cls={index === last && going ? 'line__item line__item--now' : 'line__item'} />
      ))}
      {ahead.map((stop) => (
        <One key={stop.words} stop={stop} cls="line__item line__item--next" />
      ))}
    </ol>
  )
}

function One({ stop: { icon, words, when, more, lang }, cls }: { stop: Stop; cls: string }) {
  return (
    <li class={cls}>
      <span class="line__dot">
        <Icon of={icon} />
      </span>
      <b>{words}</b>
      {when && <span class="line__when num">{when}</span>}
      {more && <span class="line__more small" lang={lang}>{more}</span>}
    </li>
  )
}
