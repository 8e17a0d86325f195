/** Nothing to show, and the one way on: no network, a fault of ours, nothing here. */
import type { ComponentChildren } from 'preact'

import type { Problem } from '../api/client.ts'
import '../parts/empty/empty.css'
import { Icon } from '../parts/icon/icon.tsx'
import type { Shape } from '../parts/icon/shapes.ts'
import { useOutdated, useReturn } from '../parts/lazy/network.ts'
import { say } from '../words/first.ts'

interface EmptyProps {
  icon: Shape
  title: string
  words: ComponentChildren
  /** The page has a heading of its own. */
  within?: boolean
  children?: ComponentChildren
}

export function Empty({ icon, title, words, within = false, children }: EmptyProps) {
  return (
    <div class="card empty stack--tight">
      <Icon of={icon} size="l" />
      {within ? <h2>{title}</h2> : <h1 class="h2">{title}</h1>}
      <p class="small">{words}</p>
      {children}
    </div>
  )
}

interface OfflineProps {
  again: () => void
  within?: boolean
  /** What is said where nothing was filled in. */
  words?: string
}

export function Offline({ again, within = false, words = say('trouble.offline.more') }: OfflineProps) {
  useReturn(again, true)
  if (useOutdated())
    return (
      <Empty within={within} icon="again" title={say('trouble.old')} words={say('trouble.old.more')}>
        <Again again={() => location.reload()} words={say('trouble.reload')} />
      </Empty>
    )
  return (
    <Empty within={within} icon="cut" title={say('trouble.offline')} words={words}>
      <Again again={again} />
    </Empty>
  )
}

export function Broken({ problem, again, within = false }: Omit<OfflineProps, 'words'> & { problem: Problem }) {
  const trace = problem.trace_id
  return (
    <Empty
      within={within}
      icon="alert"
      title={say('trouble.ours')}
      words={
        <>
          {say('trouble.ours.more')}
          {trace !== undefined && (
            <>
              {' '}
              {say('trouble.ours.number')} <b class="mono">{trace.slice(0, 8)}</b>
            </>
          )}
        </>
      }
    >
      <Again again={again} />
    </Empty>
  )
}

function Again({ again, words = say('trouble.again') }: { again: () => void; words?: string }) {
  return (
    <button class="btn" type="button" onClick={again}>
      <Icon of="again" />
      {words}
    </button>
  )
}

/** While something comes: nothing at first, then a word, so that quick answers do not flicker. */
export function Coming() {
  return (
    <p class="coming quiet" role="status">
      {say('trouble.coming')}
    </p>
  )
}
