/** A list as a table that folds on a phone and is walked with J and K. */
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'

import { KeyHelp } from '../../parts/desk/key-help.tsx'
import { useWalk } from '../../parts/desk/keys.ts'
import { MoreButton, type More } from '../../parts/desk/more.tsx'
import { say } from '../../words/officer-money.ts'

interface Props {
  caption: string
  heads: readonly string[]
  more: More<unknown>
  /** What J and K walk over, in words. */
  keys?: string
  children: ComponentChildren
}

export function Walked({ caption, heads, more, keys = say('keys.walk'), children }: Props) {
  const table = useRef<HTMLTableElement>(null)
  useWalk(table)
  return (
    <div class="stack">
      <div class="frame">
        <table class="table table--fold table--walk" role="table" ref={table}>
          <caption class="unseen">{caption}</caption>
          <thead role="rowgroup">
            <tr role="row">
              {heads.map((head) => (
                <th key={head} scope="col" role="columnheader">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody role="rowgroup">{children}</tbody>
        </table>
      </div>
      <MoreButton more={more} />
      <KeyHelp
        help={[
          { keys: ['J', 'K'], words: keys },
          { keys: ['Enter'], words: say('keys.open') },
        ]}
      />
    </div>
  )
}
