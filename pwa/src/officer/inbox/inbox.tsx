/** The queue (hồ sơ cần làm): nearest deadline first, by step, or found by code or name. */
import { useRef, useState } from 'preact/hooks'

import type { DossierState } from '../../api/schema.ts'
import { Desk } from '../../parts/desk/frame.tsx'
import { useKeys, useKeysOn } from '../../parts/desk/keys.ts'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { ask, type Me } from '../../parts/desk/session.ts'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say as sayDesk } from '../../words/desk.ts'
import { say } from '../../words/officer.ts'
import { useMenu } from '../menu.ts'
import type { Line, List } from '../shapes.ts'
import { way } from '../ways.ts'
import { codeIn, wanted } from './find.ts'
import { Queue } from './queue.tsx'

const OPEN: readonly DossierState[] = [
  'submitted',
  'accepted',
  'processing',
  'supplement_requested',
  'result_ready',
]
const DONE: readonly DossierState[] = ['returned', 'declined', 'stopped', 'withdrawn', 'expired']

interface Props {
  query: URLSearchParams
  me: Me
}

const stateIn = (query: URLSearchParams): DossierState | null =>
  [...OPEN, ...DONE].find((state) => state === query.get('buoc')) ?? null

const filter = (state: DossierState): string => `${way.inbox}?buoc=${state}`

export function Inbox({ query, me }: Props) {
  const state = stateIn(query)
  const [found, setFound] = useTyped('find', '')
  const asked = new URLSearchParams(found === '' ? (state === null ? {} : { state }) : { q: found })
  const title = found === '' ? say('inbox.title') : say('find.title', { words: found })
  return (
    <Desk me={me} title={title} menu={useMenu()} here={way.inbox}>
      <div class="stack">
        <div class="side side--mid side--ends side--wrap">
          <h1>{title}</h1>
          <Find found={found} find={setFound} />
        </div>
        {found === '' ? (
          <Filters state={state} />
        ) : (
          <button class="link" type="button" onClick={() => setFound('')}>
            <Icon of="back" />
            {say('find.back')}
          </button>
        )}
        <Lines key={asked.toString()} asked={asked} searching={found !== ''} several={me.units.length > 1} />
      </div>
    </Desk>
  )
}

function Find({ found, find }: { found: string; find: (words: string) => void }) {
  const box = useRef<HTMLInputElement>(null)
  const [on] = useKeysOn()
  const [words, setWords] = useState(found)
  useKeys({ '/': () => box.current?.focus() }, on)
  function submit(event: Event): void {
    event.preventDefault()
    const code = codeIn(words)
    if (code === null) find(wanted(words))
    else go(way.dossier(code))
  }
  return (
    <form class="find" role="search" onSubmit={submit}>
      <label class="unseen" for="tim">
        {say('find.label')}
      </label>
      <input
        class="field__input"
        id="tim"
        ref={box}
        value={words}
        placeholder={say('find.label')}
        maxLength={120}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setWords(event.currentTarget.value)}
      />
      <button class="btn btn--fit" type="submit">
        <Icon of="search" />
        {say('find.do')}
      </button>
    </form>
  )
}

function Filters({ state }: { state: DossierState | null }) {
  const done = state !== null && DONE.includes(state)
  return (
    <nav class="stack--tight" aria-label={say('inbox.filter')}>
      <div class="tabs">
        <Tab href={way.inbox} here={state === null} words={say('inbox.open')} />
        {OPEN.map((one) => (
          <Tab key={one} href={filter(one)} here={state === one} words={say(`state.${one}`)} />
        ))}
        <Tab href={filter('returned')} here={done} words={say('inbox.done')} />
      </div>
      {done && (
        <div class="tabs tabs--small">
          {DONE.map((one) => (
            <Tab key={one} href={filter(one)} here={state === one} words={say(`state.${one}`)} />
          ))}
        </div>
      )}
    </nav>
  )
}

function Tab({ href, here, words }: { href: string; here: boolean; words: string }) {
  return (
    <a class={here ? 'tab tab--here' : 'tab'} href={href} aria-current={here ? 'true' : undefined}>
      {words}
    </a>
  )
}

const pathOf = (asked: URLSearchParams): string => `/api/v1/workbench/dossiers?${asked.toString()}`

interface LinesProps {
  asked: URLSearchParams
  searching: boolean
  several: boolean
}

function Lines({ asked, searching, several }: LinesProps) {
  const { load, again } = useLoad<List<Line>>(pathOf(asked))
  const [more, setMore] = useState<List<Line> | null>(null)
  const [busy, setBusy] = useState(false)
  useReturning(() => more === null && again())
  if (load.is !== 'there') return <Waiting load={load} again={again} />
  const lines = [...load.body.items, ...(more?.items ?? [])]
  const next = more === null ? load.body.next : more.next

  async function further(): Promise<void> {
    if (next === null || busy) return
    setBusy(true)
    const page = await ask<List<Line>>(pathOf(new URLSearchParams([...asked, ['after', next]])))
    setBusy(false)
    if (page.end === 'answer')
      setMore({ items: [...(more?.items ?? []), ...page.body.items], next: page.body.next })
  }

  function anew(): void {
    setMore(null)
    void again()
  }

  if (lines.length === 0) return <Nothing searching={searching} again={anew} />
  return (
    <div class="stack">
      <p class="side side--mid side--ends side--wrap">
        <span class="quiet" role="status">
          {say(next === null ? 'inbox.count' : 'inbox.first', { count: lines.length })}
        </span>
        <button class="link" type="button" onClick={anew}>
          <Icon of="again" />
          {say('inbox.again')}
        </button>
      </p>
      <Queue lines={lines} several={several} />
      {next !== null && (
        <button class="btn btn--fit" type="button" aria-disabled={busy} onClick={() => void further()}>
          {say('inbox.more')}
        </button>
      )}
      <Keys />
    </div>
  )
}

function Nothing({ searching, again }: { searching: boolean; again: () => void }) {
  const [title, words] = searching
    ? [say('find.none'), say('find.none.more')]
    : [say('inbox.none'), say('inbox.none.more')]
  return (
    <Empty icon={searching ? 'search' : 'check'} title={title} words={words}>
      <button class="btn btn--fit" type="button" onClick={again}>
        <Icon of="again" />
        {say('inbox.again')}
      </button>
    </Empty>
  )
}

function Keys() {
  const [on, change] = useKeysOn()
  return (
    <p class="keys small quiet only-wide">
      {on && (
        <span>
          <kbd class="key">J</kbd> <kbd class="key">K</kbd> {say('inbox.keys')}
          <kbd class="key">Enter</kbd> {say('inbox.keys.open')}
          <kbd class="key">/</kbd> {say('inbox.keys.find')}
        </span>
      )}
      <button class="link" type="button" onClick={change}>
        {sayDesk(on ? 'keys.off' : 'keys.on')}
      </button>
    </p>
  )
}
