/** After the scan of a poster (tờ dán): which procedure, which office, and one button. */
import { useEffect, useState } from 'preact/hooks'

import { read } from '../../api/client.ts'
import type { Listed, Poster } from '../../api/schema.ts'
import { book, useBook } from '../../drafts/book.ts'
import { titleOf } from '../../drafts/dossier.ts'
import { beShared, onSharedDevice } from '../../drafts/shared-device.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import { say } from '../../words/first.ts'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'
import { procedureAt, useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { homeOf, startOf, way } from '../ways.ts'
import { Gate } from './gate.tsx'
import type { Unit } from './other-ward.tsx'
import { Nowhere, OtherWard } from './rarely.ts'

/** Codes are read in any case, with blanks or hyphens, and shown in two groups. */
const cleaned = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')
export const grouped = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

export function Landing({ code }: { code: string }) {
  const poster = cleaned(code)
  const { reading, again } = useReading<Poster>(`/api/v1/qr/${encodeURIComponent(poster)}`)
  if (reading.is === 'there' && reading.body.state === 'live') return <Live poster={reading.body} />
  return (
    <Page title={say('poster.title')}>
      {reading.is === 'coming' && <Coming />}
      {reading.is === 'offline' && <Offline again={again} />}
      {reading.is === 'refused' &&
        (reading.problem.status >= 500 || reading.problem.status === 429 ? (
          <Broken problem={reading.problem} again={again} />
        ) : (
          <Nowhere code={poster} poster={null} />
        ))}
      {reading.is === 'there' && <Nowhere code={poster} poster={reading.body} />}
    </Page>
  )
}

type Named = Poster['procedures'][number]

/** The plain title where there is one; the official name stands on the next page. */
const nameOf = ({ title, name }: Named): string => title ?? name

/** The same in English, as soon as the list has come; a poster itself speaks Vietnamese. */
export function useNames(): (procedure: Named) => string {
  const { reading } = useReading<{ items: Listed[] }>(language() === 'vi' ? null : procedureAt(null, {}))
  const items = reading.is === 'there' ? reading.body.items : []
  return (procedure) => items.find(({ code }) => code === procedure.code)?.title ?? nameOf(procedure)
}

function Live({ poster }: { poster: Poster }) {
  const [unit, setUnit] = useState<Unit>(poster.unit)
  const called = useNames()
  const [choosing, setChoosing] = useState(false)
  const [first, ...others] = poster.procedures
  const single = first !== undefined && others.length === 0
  useEffect(() => {
    if (first !== undefined) void read(procedureAt(first.code, { unit: unit.code }))
  }, [unit.code])
  if (choosing) {
    const chosen = (next: Unit): void => {
      setUnit(next)
      setChoosing(false)
    }
    return <OtherWard now={unit} choose={chosen} back={() => setChoosing(false)} />
  }
  const office = unit.office ?? unit.name
  return (
    <Page title={single ? called(first) : poster.unit.name} unit={office} bare>
      <Gate>
        <p class="small">
          <span class="tag tag--safe">
            <Icon of="qr" />
            {say('poster.number', { code: grouped(poster.code) })}
          </span>
        </p>
        <h1>{single ? called(first) : say('poster.choose')}</h1>
        <p>
          <Rich text={say('poster.receives', { unit: office })} />
        </p>
        {poster.procedures.map((procedure) => (
          <a
            key={procedure.code}
            class={single ? 'btn btn--main' : 'btn'}
            href={startOf(procedure.code, unit.code, poster.code)}
          >
            {single ? say('start.begin') : called(procedure)} <Icon of="next" />
          </a>
        ))}
        <p class="small">
          <button class="link" type="button" onClick={() => setChoosing(true)}>
            <Icon of="pin" size="s" />
            {say('start.otherward')}
          </button>
        </p>
      </Gate>
      <div class="page stack--wide">
        <Drafts procedures={poster.procedures.map(({ code }) => code)} />
        <ul class="rows">
          <li>
            <a class="row row--link" href={homeOf(unit.code, poster.code)}>
              <Icon of="paper" />
              <span class="row__text">{say('home.services')}</span>
              <Icon of="next" size="s" />
            </a>
          </li>
          <li>
            <a class="row row--link" href="/tra-cuu">
              <Icon of="search" />
              <span class="row__text">{say('home.track')}</span>
              <Icon of="next" size="s" />
            </a>
          </li>
        </ul>
        <Beware code={grouped(poster.code)} />
        <SharedDevice />
      </div>
    </Page>
  )
}

/** A draft of the same procedure is offered first, so that nobody begins twice. */
function Drafts({ procedures }: { procedures: readonly string[] }) {
  const drafts = useBook(() => book.list()).filter(
    ({ procedure, proof, portal }) => !proof && !portal && procedures.includes(procedure),
  )
  return (
    <>
      {drafts.map((draft) => (
        <section key={draft.id} class="card card--lift stack--tight">
          <h2>{say('start.draft')}</h2>
          <p class="quiet small">
            {say('start.draft.more', { title: titleOf(draft, language()), unit: draft.unit.name, moment: format.moment(draft.savedAt) })}
          </p>
          <a class="btn" href={way.dossier(draft.id)}>
            {say('start.resume')}
          </a>
        </section>
      ))}
    </>
  )
}

/** Forged stickers lead elsewhere: what must agree, and what is never asked. */
function Beware({ code }: { code: string }) {
  return (
    <div class="note">
      <Icon of="lock" />
      <div class="note__body stack--tight">
        <h2 class="note__title">{say('poster.beware')}</h2>
        <p class="small">
          <Rich text={say('poster.beware.more', { host: location.host, code })} /> {say('poster.check')}
        </p>
      </div>
    </div>
  )
}

/** Before anything is kept, a borrowed device can be told to keep nothing. */
function SharedDevice() {
  const [shared, setShared] = useState(onSharedDevice)
  if (shared) return <p class="small quiet">{say('shared.on')}</p>
  return (
    <p class="small quiet">
      {say('shared.ask')}{' '}
      <button
        class="link"
        type="button"
        onClick={() => {
          beShared()
          setShared(true)
          location.reload()
        }}
      >
        {say('shared.choose')}
      </button>
    </p>
  )
}
