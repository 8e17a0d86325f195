/** While something comes, and when it does not: no network, a fault of ours, nothing here. */
import type { ComponentChildren } from 'preact'

import { say } from '../../words/desk.ts'
import '../empty/empty.css'
import { Icon } from '../icon/icon.tsx'
import type { Shape } from '../icon/shapes.ts'
import type { Load } from './load.ts'

interface EmptyProps {
  icon: Shape
  title: string
  words: ComponentChildren
  children?: ComponentChildren
}

export function Empty({ icon, title, words, children }: EmptyProps) {
  return (
    <div class="card empty stack--tight">
      <Icon of={icon} size="l" />
      <h2>{title}</h2>
      <p class="small">{words}</p>
      {children}
    </div>
  )
}

/** Everything but the thing itself; nothing once it is there. */
export function Waiting<Body>({ load, again }: { load: Load<Body>; again: () => unknown }) {
  if (load.is === 'there') return null
  if (load.is === 'coming')
    return (
      <p class="coming quiet" role="status">
        {say('load.coming')}
      </p>
    )
  if (load.is === 'offline')
    return (
      <Empty icon="cut" title={say('load.offline')} words={say('load.offline.more')}>
        <Again again={again} />
      </Empty>
    )
  return <Broken trace={load.problem.trace_id ?? null} again={again} />
}

export function Broken({ trace, again }: { trace: string | null; again: () => unknown }) {
  return (
    <Empty
      icon="alert"
      title={say('load.ours')}
      words={
        <>
          {say('load.ours.more')}{' '}
          {trace !== null && (
            <>
              {say('load.number')} <b class="mono">{trace.slice(0, 8)}</b>
            </>
          )}
        </>
      }
    >
      <Again again={again} />
    </Empty>
  )
}

function Again({ again }: { again: () => unknown }) {
  return (
    <button class="btn btn--fit" type="button" onClick={() => void again()}>
      <Icon of="again" />
      {say('load.again')}
    </button>
  )
}
