/** A screen that is loaded when it is first opened. */
import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { say } from '../../words/first.ts'
import { wordsReady } from '../../words/say.ts'
import { useOutdated, useReturn } from './network.ts'

interface Kept<Props> {
  Screen: ComponentType<Props> | null
  coming: Promise<void> | null
}

/**
 * Make a component of one that is yet to be loaded; `load` is called once.
 *
 * While it comes the page stays as it is; when it cannot come, the page says so and offers to
 * try again, because the network may be away for a moment only, or the page be an old one. A `part` stands inside a page.
 */
export function lazy<Props extends object>(load: () => Promise<ComponentType<Props>>, as: 'screen' | 'part' = 'screen') {
  const kept: Kept<Props> = { Screen: null, coming: null }

  async function bring(): Promise<void> {
    const Screen = await load()
    await wordsReady()
    kept.Screen = Screen
  }

  /** Load ahead of need; a failure is silent, opening the screen tries again. */
  function warm(): Promise<void> {
    kept.coming ??= bring().catch(() => {
      kept.coming = null
    })
    return kept.coming
  }

  function Lazy(props: Props) {
    const [, redraw] = useState(0)
    const [failed, setFailed] = useState(false)
    useEffect(() => {
      if (kept.Screen !== null || failed) return
      void warm().then(() => (kept.Screen === null ? setFailed(true) : redraw((n) => n + 1)))
    }, [failed])
    const { Screen } = kept
    if (Screen !== null) return <Screen {...props} />
    if (!failed) return null
    const quietly = (): void => void warm().then(() => kept.Screen !== null && redraw((n) => n + 1))
    const missing = <Missing as={as} again={() => setFailed(false)} back={quietly} />
    return as === 'part' ? missing : <main class="page">{missing}</main>
  }

  return Object.assign(Lazy, { warm })
}

/** Its words came with the first page: this is shown when nothing more can be loaded. */
function Missing({ as, again, back }: { as: 'screen' | 'part'; again: () => void; back: () => void }) {
  const Heading = as === 'part' ? 'h2' : 'h1'
  const outdated = useOutdated()
  useReturn(back, true)
  return (
    <div class="stack" role="alert">
      <Heading>{say(outdated ? 'trouble.old' : 'trouble.offline')}</Heading>
      <p>{say(outdated ? 'trouble.old.more' : 'trouble.offline.more')}</p>
      <button class={as === 'part' ? 'btn' : 'btn btn--main'} type="button" onClick={outdated ? () => location.reload() : again}>
        {say(outdated ? 'trouble.reload' : 'trouble.again')}
      </button>
    </div>
  )
}
