/** The first page: what can be done online, one's own dossiers, looking up. */
import { useEffect, useState } from 'preact/hooks'

import type { Chooser, Listed } from '../../api/schema.ts'
import { book, useBook } from '../../drafts/book.ts'
import { isUnsent } from '../../drafts/supplement.ts'
import '../../parts/field/field.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import { Door } from '../door.tsx'
import { NewVersion } from '../new-version.tsx'
import { procedureAt, useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { portalWay } from '../portal/ways.ts'
import { useUnit } from '../unit.ts'
import type { ChooseProps } from './choose.tsx'
import { choosingNow } from './choosing.ts'
import type { FoundProps } from './found.tsx'
import { Choosers, Fields } from './rows.tsx'

/** The office and the poster with which the person came. */
export interface Cause {
  unit: string | null
  qr: string | null
}

/** What can be done here; a list that was kept before may lack the rest. */
export interface Body {
  items: Listed[]
  choosers?: Chooser[]
}

interface Props extends Cause {
  /** A moment ago this shared device wiped itself, or, `het`, the person did; null otherwise. */
  wiped: string | null
}

export function Home({ wiped, ...cause }: Props) {
  const [typed, setTyped] = useState('')
  const [ready, setReady] = useState(false)
  const choosing = choosingNow()
  useEffect(() => {
    if (wiped !== null) history.replaceState(null, '', '/')
  }, [])
  const { reading, again } = useReading<Body>(procedureAt(null, {}), procedureAt(null, {}, 'vi'))
  const mine = useBook(() => book.list())
  const unit = useUnit(cause.unit)
  const known = reading.is === 'there' ? (reading.body.choosers ?? []) : []
  const chooser = known.find(({ id }) => id === choosing?.chooser)
  if (choosing !== null && chooser !== undefined) return <Choose cause={cause} office={unit?.office ?? unit?.name} chooser={chooser} at={choosing} />
  return (
    <Page title={say('home.title')} unit={unit?.office ?? unit?.name}>
      <div class="stack--wide">
        <h1>{say('home.title')}</h1>
        <NewVersion />
        {wiped !== null && (
          <div class="note" role="status">
            <Icon of="bin" />
            <p class="note__body">{say(wiped === 'het' ? 'wipe.done' : 'shared.wiped')}</p>
          </div>
        )}
        <ul class="rows card card--rows">
          <Door
            href="/ho-so"
            icon="phone"
            words={mine.length > 0 ? say('home.mine.count', { count: mine.length }) : say('mine.title')}
            more={mine.some(isUnsent) && sayBeside('ask.unsent')}
          />
          {mine.map(
            ({ id, portal, proof }) =>
              portal !== undefined &&
              proof === null && <Door key={id} href={portalWay.home(id)} icon="globe" words={say('home.portal', { code: portal.code })} />,
          )}
          <Door href="/tra-cuu" icon="search" words={say('look.title')} />
        </ul>
        <section class="stack">
          <div class="field">
            <label class="field__label" for="tim">
              {say('home.search')}
            </label>
            <input class="field__input" id="tim" type="search" autocomplete="off" value={typed} onFocus={() => void Found.warm().then(() => setReady(true))} onInput={(event) => setTyped(event.currentTarget.value)} />
          </div>
          {reading.is === 'coming' && <Coming />}
          {reading.is === 'offline' && <Offline within again={again} />}
          {reading.is === 'refused' && <Broken within problem={reading.problem} again={again} />}
          {reading.is === 'there' &&
            (ready && typed.trim() !== '' ? (
              <Found cause={cause} body={reading.body} typed={typed} all={<All cause={cause} {...reading.body} />} />
            ) : (
              <All cause={cause} {...reading.body} />
            ))}
        </section>
      </div>
    </Page>
  )
}

/** Few come this way; most came by a poster. */
const Choose = lazy<ChooseProps>(async () => (await import('./choose.tsx')).Choose)

/** Loaded when somebody is about to type; until then the whole list stays. */
const Found = lazy<FoundProps>(async () => (await import('./found.tsx')).ready(), 'part')

/** All that can be done here. */
function All({ cause, items, choosers = [] }: Body & { cause: Cause }) {
  return (
    <>
      {choosers.length > 0 && <Choosers found={choosers} />}
      <p class="small quiet" role="status">
        {say('home.found', { count: items.length })}
      </p>
      <Fields cause={cause} found={items} />
    </>
  )
}
