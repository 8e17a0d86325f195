/** Below the open door: what it costs and takes, one's own drafts, other ways, what to beware of. */
import { useState } from 'preact/hooks'

import type { Poster } from '../../api/schema.ts'
import { book, useBook } from '../../drafts/book.ts'
import { beShared, onSharedDevice } from '../../drafts/shared-device.ts'
import type { Definition, Paper } from '../../form/definition.ts'
import { paperName } from '../../form/paper-name.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/next.ts'
import { language } from '../../words/say.ts'
import { inApp } from '../beside/inside.ts'
import { Door } from '../door.tsx'
import { Facts } from '../procedure/facts.tsx'
import type { Named } from '../names.ts'
import { procedureAt, useReading } from '../reading.ts'
import { homeOf, way } from '../ways.ts'
import { grouped } from './landing.tsx'

/** Inside Zalo or Facebook it stands here, before anything is begun; few people come that way. */
const InApp = lazy<{ dossier: null }>(async () => (await import('../beside/in-app.tsx')).InApp, 'part')

export interface BelowProps {
  poster: Poster
  /** The office chosen, which need not be the poster's. */
  unit: string
  /** The title of a procedure in the language spoken. */
  called: (procedure: Named) => string
}

export function Below({ poster, unit, called }: BelowProps) {
  const [first, ...others] = poster.procedures
  return (
    <div class="page stack--wide">
      {inApp() && <InApp dossier={null} />}
      {first !== undefined && others.length === 0 && <Brief code={first.code} unit={unit} />}
      <Drafts procedures={poster.procedures} called={called} />
      <ul class="rows">
        <Door href={homeOf(unit, poster.code)} icon="paper" words={say('home.services')} />
        <Door href="/tra-cuu" icon="search" words={say('home.track')} />
      </ul>
      <Beware code={grouped(poster.code)} />
      <SharedDevice />
    </div>
  )
}

/** What decides whether to begin now; where it cannot be read, the next page says so. */
function Brief({ code, unit }: { code: string; unit: string }) {
  const { reading } = useReading<Definition>(procedureAt(code, { unit }), procedureAt(code, { unit }, 'vi'))
  if (reading.is !== 'there') return null
  return (
    <Facts definition={reading.body} brief>
      <Needed papers={reading.body.papers.filter(({ kind }) => kind !== 'form')} />
    </Facts>
  )
}

/** The next page lists them all, with their cases. */
const FEW = 3

/** What is always wanted, and apart from it what hangs on the case; the next page says which case. */
function Needed({ papers }: { papers: readonly Paper[] }) {
  const isAlways = ({ required, unless }: Paper): boolean => required === 'always' && !unless
  const nameOf = ({ name }: Paper): string => paperName(name).short
  const always = papers.filter(isAlways).map(nameOf)
  const sometimes = papers.filter((paper) => !isAlways(paper)).map(nameOf)
  return (
    <div class="facts__item">
      <Icon of="camera" />
      <dt>{say('below.need')}</dt>
      <dd class="stack--tight">
        {always.length === 0 && <p>{say(sometimes.length === 0 ? 'below.nothing' : 'below.depends')}</p>}
        {always.map((name) => (
          <p key={name}>{name}</p>
        ))}
        {sometimes.slice(0, FEW).map((name) => (
          <span key={name} class="facts__more">
            {say('below.sometimes', { paper: name })}
          </span>
        ))}
        {sometimes.length > FEW && <span class="facts__more">{say('below.more', { count: sometimes.length - FEW })}</span>}
      </dd>
    </div>
  )
}

/** A draft of the same procedure is offered first, so that nobody begins twice. */
function Drafts({ procedures, called }: { procedures: readonly Named[]; called: BelowProps['called'] }) {
  const drafts = useBook(() => book.list()).filter(({ proof, portal }) => !proof && !portal)
  const offered = drafts.flatMap((draft) => {
    const its = procedures.find(({ code }) => code === draft.procedure)
    return its === undefined ? [] : [{ draft, title: draft.titles?.[language()] ?? called(its) }]
  })
  return (
    <>
      {offered.map(({ draft, title }) => (
        <section key={draft.id} class="card card--lift stack--tight">
          <h2>{say('start.draft')}</h2>
          <p class="quiet small">
            {say('start.draft.more', { title, unit: draft.unit.name, moment: format.moment(draft.savedAt) })}
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
