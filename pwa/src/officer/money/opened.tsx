/** The frame of one thing opened from a list: the way back to it, and what is said when it is not there. */
import type { ComponentType } from 'preact'

import { Desk } from '../../parts/desk/frame.tsx'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import type { Me } from '../../parts/desk/session.ts'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { say } from '../../words/officer-money.ts'
import { useMenu } from '../menu.ts'

/** What a page about one thing works with: it, its next state, and reading it once more. */
export interface Opened<One> {
  one: One
  put: (one: One) => void
  again: () => Promise<boolean>
  me: Me
}

interface Props<One> {
  path: string
  me: Me
  /** The list it stands in: address, words of the way back, heading while nothing is read yet. */
  list: { at: string; back: string; title: string }
  titleOf: (one: One) => string
  gone: string
  whole: ComponentType<Opened<One>>
}

const NOT_THERE = [400, 404]

export function OpenedPage<One>({ path, me, list, titleOf, gone, whole: Whole }: Props<One>) {
  const { load, again, put } = useLoad<One>(path)
  useReturning(again)
  const one = load.is === 'there' ? load.body : null
  const title = one === null ? list.title : titleOf(one)
  return (
    <Desk me={me} title={title} menu={useMenu()} here={list.at}>
      <div class="stack">
        <p class="small">
          <a class="crumb" href={list.at}>
            {list.back}
          </a>
        </p>
        <h1>{title}</h1>
        {load.is === 'refused' && NOT_THERE.includes(load.problem.status) ? (
          <Empty icon="search" title={gone} words={say('one.gone.more')} />
        ) : (
          <Waiting load={load} again={again} />
        )}
        {one !== null && <Whole one={one} put={put} again={again} me={me} />}
      </div>
    </Desk>
  )
}
