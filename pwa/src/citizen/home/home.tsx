/** The first page: what can be done online, one's own dossiers, looking up. */
import { useEffect, useState } from 'preact/hooks'

import type { Chooser, Listed } from '../../api/schema.ts'
import { book, useBook } from '../../drafts/book.ts'
import { isUnsent } from '../../drafts/supplement.ts'
import '../../parts/field/field.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import { Door } from '../door.tsx'
import { NewVersion } from '../new-version.tsx'
import { procedureAt, useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { portalWay } from '../portal/ways.ts'
import { useUnit } from '../unit.ts'
import { startOf } from '../ways.ts'
import { Choose } from './choose.tsx'
import { choose, choosingNow } from './choosing.ts'
import { fits, search } from './search.ts'

/** The office and the poster with which the person came. */
export interface Cause {
  unit: string | null
  qr: string | null
}

interface Props extends Cause {
  /** This shared device was left alone and wiped itself a moment ago. */
  wiped: boolean
}

export function Home({ wiped, ...cause }: Props) {
  const [typed, setTyped] = useState('')
  const choosing = choosingNow()
  useEffect(() => {
    if (wiped) history.replaceState(null, '', '/')
  }, [])
  const { reading, again } = useReading<{ items: Listed[]; choosers?: Chooser[] }>(procedureAt(null, {}), procedureAt(null, {}, 'vi'))
  const mine = useBook(() => book.list())
  const unit = useUnit(cause.unit)
  const known = reading.is === 'there' ? (reading.body.choosers ?? []) : []
  const chooser = known.find(({ id }) => id === choosing?.chooser)
  if (choosing !== null && chooser !== undefined) return <Choose cause={cause} chooser={chooser} at={choosing} />
  return (
    <Page title={say('home.title')} unit={unit?.office ?? unit?.name}>
      <div class="stack--wide">
        <h1>{say('home.title')}</h1>
        <NewVersion />
        {wiped && (
          <div class="note" role="status">
            <Icon of="bin" />
            <p class="note__body">{say('shared.wiped')}</p>
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
            <input class="field__input" id="tim" type="search" autocomplete="off" value={typed} onInput={(event) => setTyped(event.currentTarget.value)} />
          </div>
          {reading.is === 'coming' && <Coming />}
          {reading.is === 'offline' && <Offline within again={again} />}
          {reading.is === 'refused' && <Broken within problem={reading.problem} again={again} />}
          {reading.is === 'there' && <Found cause={cause} {...reading.body} typed={typed} />}
        </section>
      </div>
    </Page>
  )
}

interface FoundProps {
  cause: Cause
  items: readonly Listed[]
  choosers?: readonly Chooser[]
  typed: string
}

function Found({ cause, items, choosers = [], typed }: FoundProps) {
  const services = search(items, typed)
  const families = choosers.filter(({ title }) => fits(title, typed))
  return (
    <>
      {families.length > 0 && <Choosers found={families} />}
      {(services.length > 0 || families.length === 0) && <Services cause={cause} found={services} />}
    </>
  )
}

/** Families of procedures that are easily mistaken: a few questions find the right one. */
function Choosers({ found }: { found: readonly Chooser[] }) {
  return (
    <section class="stack--tight">
      <h2>{say('choose.unsure')}</h2>
      <ul class="rows card card--rows">
        {found.map((chooser) => (
          <li key={chooser.id}>
            <button class="row row--link" type="button" onClick={() => choose({ chooser: chooser.id })}>
              <Icon of="info" />
              <span class="row__text">{chooser.title}</span>
              <Icon of="next" size="s" />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Services({ cause: { unit, qr }, found }: { cause: Cause; found: readonly Listed[] }) {
  const fields = [...new Map(found.map(({ field }) => [field.id, field.name]))]
  return (
    <>
      <p class="small quiet" role="status">
        {found.length === 0 ? say('home.nothing') : say('home.found', { count: found.length })}
      </p>
      {fields.map(([id, name]) => (
        <section key={id} class="stack--tight">
          <h2>{name}</h2>
          <ul class="rows">
            {found
              .filter(({ field }) => field.id === id)
              .map((item) => (
                <li key={item.code}>
                  <a class="row row--link" href={startOf(item.code, unit, qr)}>
                    <Icon of="paper" />
                    <span class="row__text">
                      {item.title}
                      {!item.fileable && <span class="facts__more">{say('home.counterOnly')}</span>}
                    </span>
                    <Icon of="next" size="s" />
                  </a>
                </li>
              ))}
          </ul>
        </section>
      ))}
    </>
  )
}
