/** What the keys of a page do, in words, and the switch that turns them off. */
import { Fragment } from 'preact'

import { say } from '../../words/desk.ts'
import { useKeysOn } from './keys.ts'

export interface Help {
  keys: readonly string[]
  words: string
}

export function KeyHelp({ help }: { help: readonly Help[] }) {
  const [on, change] = useKeysOn()
  return (
    <p class="keys small quiet only-wide">
      {on &&
        help.map(({ keys, words }) => (
          <span key={words}>
            {keys.map((key) => (
              <Fragment key={key}>
                <kbd class="key">{key}</kbd>{' '}
              </Fragment>
            ))}
            {words}
          </span>
        ))}
      <button class="link" type="button" onClick={change}>
        {say(on ? 'keys.off' : 'keys.on')}
      </button>
    </p>
  )
}
