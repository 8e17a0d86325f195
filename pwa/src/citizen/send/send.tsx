/** The way to the office, part by part: first what is safe, then what to do. */
import { useEffect } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { sendNow, wake } from '../../drafts/sender.ts'
import { aim, type Stop } from '../../drafts/sending.ts'
import type { Definition } from '../../form/definition.ts'
import { fieldAt, paperAt } from '../../form/manifest.ts'
import { pagesOf } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/meter/meter.css'
import { Page } from '../../parts/page/page.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import { go } from '../../parts/router/router.ts'
import { Summary, type Place } from '../../parts/summary/summary.tsx'
import type { Whereabouts } from '../../parts/where/where.tsx'
import { language } from '../../words/say.ts'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { untilWords } from '../beside/until.tsx'
import { whereabouts } from '../form/whereabouts.ts'
import { portalWay } from '../portal/ways.ts'
import { pageAt, way } from '../ways.ts'
import { partName } from './part-name.ts'
import { refusedPage, stopWords } from './stopped.ts'

/** The ward takes it through the national portal alone, from today on. */
const BY_PORTAL = 'portal-only'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Send({ dossier, definition }: Props) {
  const { goal, stop, why } = dossier.sending
  useEffect(() => {
    if (dossier.proof === null && goal !== 'submit' && stop === null) go(way.review(dossier.id), 'replace')
    else wake()
  }, [])
  if (stop !== null) return <Stopped dossier={dossier} definition={definition} stop={stop} />
  const waiting = why !== null
  const title = waiting ? say('send.waiting') : say('send.title')
  return (
    <Page title={title} unit={dossier.unit.name} where={placeOf(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          {waiting && <Why dossier={dossier} />}
          <h1>{title}</h1>
          <p>{waiting ? say('send.auto') : say('send.stay')}</p>
        </div>
        <Parts dossier={dossier} definition={definition} />
        {waiting && (
          <button class="btn btn--main" type="button" onClick={() => void sendNow()}>
            <Icon of="again" />
            {say('send.retry')}
          </button>
        )}
        {waiting && (
          <a class="btn" href={way.elsewhere(dossier.id)}>
            <Icon of="share" />
            {sayBeside('over.title')}
          </a>
        )}
        <div class="note note--wait">
          <Icon of="calendar" />
          <p class="note__body">
            {book.lasting() ? untilWords(dossier) : say('send.shared')}{' '}
            <Rich text={say('send.only')} />
          </p>
        </div>
      </div>
    </Page>
  )
}

/** While the server takes nothing the dossier is here, however much of it is there. */
function placeOf(dossier: Dossier): Whereabouts {
  const { why } = dossier.sending
  return why === null || why === 'network' ? whereabouts(dossier) : { place: 'phone', words: say('send.where'), live: true }
}

function Why({ dossier }: { dossier: Dossier }) {
  const { why, since } = dossier.sending
  return (
    <p class="tag tag--wait" role="status">
      <Icon of={why === 'network' ? 'cut' : 'hourglass'} />
      {why === 'network' ? say('send.cut', { hour: format.hour(since ?? Date.now()) }) : say(`send.${why === 'broken' ? why : 'busy'}`)}
    </p>
  )
}

interface Part {
  key: string
  name: string
  have: number | null
  size: number
}

/** The form and every page, each with how far it has come. */
function partsOf(dossier: Dossier, definition: Definition): Part[] {
  const { files, manifest } = dossier.sending
  const form = { key: 'form', name: say('send.form'), have: manifest === null ? null : 1, size: 1 }
  const shots = definition.papers.flatMap((paper) => {
    return (dossier.pages[paper.id] ?? []).map(({ sha256, size }, index) => ({
      key: sha256,
      name: partName(paper.name, index),
      have: files[sha256]?.have ?? null,
      size,
    }))
  })
  return [form, ...shots]
}

function Parts({ dossier, definition }: Props) {
  const parts = partsOf(dossier, definition)
  const arrived = parts.filter(({ have, size }) => have === size).length
  return (
    <section class="card">
      <h2>
        {say(arrived < parts.length || dossier.sending.why === null ? 'send.arrived' : 'send.arrived.all', { have: arrived, all: parts.length })}
      </h2>
      <ul class="rows">
        {parts.map((part) => (
          <li key={part.key} class="row">
            <Icon of={part.key === 'form' ? 'paper' : 'image'} />
            <span class="row__text">
              <b>{part.name}</b>
            </span>
            <PartState part={part} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function PartState({ part: { have, size } }: { part: Part }) {
  if (have === size)
    return (
      <span class="tag tag--safe">
        <Icon of="safe" />
        {say('send.there')}
      </span>
    )
  if (have === null || have === 0)
    return (
      <span class="tag tag--wait">
        <Icon of="phone" />
        {say('send.here')}
      </span>
    )
  return (
    <span class="tag tag--way">
      <Icon of="hourglass" />
      {Math.floor((have / size) * 100)} %
    </span>
  )
}

/** The server named what must be mended first; everything is still on this device. */
function Stopped({ dossier, definition, stop }: Props & { stop: Stop }) {
  const refused = refusedPage(definition, dossier.pages, stop)
  const retake = refused === null ? null : `${way.paper(dossier.id, refused.paper)}/sua`
  const faults = placesOf(dossier, definition, stop)
  const places = refused === null || retake === null ? faults : [{ at: retake, words: refused.words }, ...faults]
  const again = (): void => {
    void book.change(dossier.id, (now) => ({ ...now, sending: aim(now.sending, 'submit') })).then(wake)
  }
  return (
    <Page title={say('send.stopped')} unit={dossier.unit.name} where={{ place: 'phone', words: say('send.where') }}>
      <div class="stack--wide">
        <Summary places={places} round={1} />
        <div class="stack--tight">
          <h1>{say('send.stopped')}</h1>
          <p>{stopWords(stop)}</p>
          <p class="quiet">{say('send.safe')}</p>
        </div>
        {stop.slug === BY_PORTAL ? (
          <a class="btn btn--main" href={portalWay.home(dossier.id)}>
            <Icon of="globe" />
            {say('portal.open')}
          </a>
        ) : (
          <>
            <a class="btn btn--main" href={retake ?? way.review(dossier.id)}>
              {retake === null ? say('send.look') : say('photo.again')}
            </a>
            <button class="btn" type="button" onClick={again}>
              <Icon of="again" />
              {say('send.retry')}
            </button>
          </>
        )}
        {stop.trace !== null && <p class="small quiet">{say('send.trace', { number: stop.trace.slice(0, 8) })}</p>}
      </div>
    </Page>
  )
}

/** Each fault of the server's as a link to the page that mends it. */
function placesOf(dossier: Dossier, definition: Definition, stop: Stop): Place[] {
  const pages = pagesOf(definition, dossier.values, today())
  const filled = { ...dossier, unit: dossier.unit.code, papers: dossier.pages }
  return stop.errors.map(({ pointer, message_vi, message_en }) => {
    const words = language() === 'en' ? message_en : message_vi
    const field = fieldAt(definition, dossier.values, pointer, today())
    const named = paperAt(definition, filled, pointer, today())
    const paper = pages.find((page) => page.kind === 'paper' && page.id === named)
    const step = pages.find((page) => page.kind === 'step' && page.fields.some(({ id }) => id === field))
    const page = paper ?? step
    return { at: page === undefined ? way.review(dossier.id) : `${pageAt(dossier.id, page)}/sua`, words }
  })
}
