/** The queue (hồ sơ cần làm): nearest deadline first, by step, or found by code or name. */
import { useEffect, useRef, useState } from 'preact/hooks'

import type { DossierState } from '../../api/schema.ts'
import { Desk } from '../../parts/desk/frame.tsx'
import { KeyHelp } from '../../parts/desk/key-help.tsx'
import { useKeys, useKeysOn } from '../../parts/desk/keys.ts'
import { useLoad, useReturning } from '../../parts/desk/load.ts'
import { MoreButton, useMore } from '../../parts/desk/more.tsx'
import type { Me } from '../../parts/desk/session.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { Empty, Waiting } from '../../parts/desk/trouble.tsx'
import { useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/officer.ts'
import { useMenu } from '../menu.ts'
import type { Line, QueuePage } from '../shapes.ts'
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

type Counts = QueuePage['counts']

/** By officer: the tabs keep their numbers while the next list is on its way. */
const lastCounts = new Map<string, Counts>()

const stateIn = (query: URLSearchParams): DossierState | null =>
  [...OPEN, ...DONE].find((state) => state === query.get('buoc')) ?? null

const filter = (state: DossierState): string => `${way.inbox}?buoc=${state}`

export function Inbox({ query, me }: Props) {
  const state = stateIn(query)
  const [found, setFound] = useTyped('find', '')
  const asked = new URLSearchParams(found === '' ? (state === null ? {} : { state }) : { q: found })
  const done = state !== null && DONE.includes(state)
  const title = found === '' ? say(done ? 'inbox.done.title' : 'inbox.title') : say('find.title', { words: found })
  const [counts, setCounts] = useState<Counts>(lastCounts.get(me.login) ?? null)
  return (
    <Desk me={me} title={title} menu={useMenu()} here={way.inbox}>
      <div class="stack">
        <div class="side side--mid side--ends side--wrap">
          <h1>{title}</h1>
          <Find found={found} find={setFound} />
        </div>
        {found === '' ? (
          <Filters state={state} counts={counts} />
        ) : (
          <button class="link" type="button" onClick={() => setFound('')}>
            <Icon of="back" />
            {say('find.back')}
          </button>
        )}
        <Lines
          key={asked.toString()}
          asked={asked}
          nothing={found !== '' ? 'find.none' : state === null || state === 'submitted' ? 'inbox.none' : 'inbox.none.here'}
          me={me}
          counted={(now) => {
            lastCounts.set(me.login, now)
            setCounts(now)
          }}
        />
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
        placeholder={say('find.short')}
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

function Filters({ state, counts }: { state: DossierState | null; counts: Counts }) {
  const done = state !== null && DONE.includes(state)
  const all = counts === null ? null : OPEN.reduce((sum, one) => sum + (counts[one] ?? 0), 0)
  return (
    <nav class="stack--tight" aria-label={say('inbox.filter')}>
      <div class="tabs">
        <Tab href={way.inbox} here={state === null} words={say('inbox.open')} count={all} />
        {OPEN.map((one) => (
          <Tab
            key={one}
            href={filter(one)}
            here={state === one}
            words={say(`state.${one}`)}
            count={counts?.[one] ?? null}
          />
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

interface TabProps {
  href: string
  here: boolean
  words: string
  /** How many stand there; null while unknown or none. */
  count?: number | null
}

function Tab({ href, here, words, count = null }: TabProps) {
  return (
    <a class={here ? 'tab tab--here' : 'tab'} href={href} aria-current={here ? 'true' : undefined}>
      {words}
      {count !== null && <span class="tab__n">{count}</span>}
    </a>
  )
}

/** Also an officer of one district reads the dossiers of many wards. */
const severalUnits = (me: Me, lines: readonly Line[]): boolean =>
  me.units.length > 1 || lines.some(({ unit }) => unit !== me.units[0])

const pathOf = (asked: URLSearchParams): string => spoken(`/api/v1/workbench/dossiers?${asked.toString()}`)

const NOTHING: QueuePage = { items: [], next: null, counts: null }

type Nothing = 'find.none' | 'inbox.none' | 'inbox.none.here'

interface LinesProps {
  asked: URLSearchParams
  /** What is said when there is no line. */
  nothing: Nothing
  me: Me
  counted: (counts: Counts) => void
}

function Lines({ asked, nothing, me, counted }: LinesProps) {
  const { load, again } = useLoad<QueuePage>(pathOf(asked))
  const more = useMore<Line>(load.is === 'there' ? load.body : NOTHING, (after) =>
    pathOf(new URLSearchParams([...asked, ['after', after]])),
  )
  useReturning(() => more.untouched && again())
  useEffect(() => {
    if (load.is === 'there') counted(load.body.counts)
  }, [load])
  if (load.is !== 'there') return <Waiting load={load} again={again} />
  const { items: lines, next } = more

  function anew(): void {
    more.forget()
    void again()
  }

  if (lines.length === 0) return <Nobody words={nothing} again={anew} />
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
      <Queue lines={lines} several={severalUnits(me, lines)} />
      <MoreButton more={more} />
      <KeyHelp
        help={[
          { keys: ['J', 'K'], words: say('inbox.keys') },
          { keys: ['Enter'], words: say('inbox.keys.open') },
          { keys: ['/'], words: say('inbox.keys.find') },
        ]}
      />
    </div>
  )
}

function Nobody({ words, again }: { words: Nothing; again: () => void }) {
  return (
    <Empty icon={words === 'find.none' ? 'search' : 'check'} title={say(words)} words={say(`${words}.more`)}>
      <button class="btn btn--fit" type="button" onClick={again}>
        <Icon of="again" />
        {say('inbox.again')}
      </button>
    </Empty>
  )
}
