/** The last look before sending: every answer, the papers, the fee, the declaration. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { isKept, isUnreadable } from '../../drafts/checked.ts'
import type { Consented, Dossier } from '../../drafts/dossier.ts'
import { wake } from '../../drafts/sender.ts'
import { aim } from '../../drafts/sending.ts'
import { counted, empty } from '../../form/conditions.ts'
import type { Consent, Definition, Paper, Value } from '../../form/definition.ts'
import { derivedOf } from '../../form/derived.ts'
import { obstacles } from '../../form/open.ts'
import { pagesOf, stopOf, type FilingPage } from '../../form/pages.ts'
import { paperName } from '../../form/paper-name.ts'
import { today } from '../../form/today.ts'
import '../../parts/facts/answer.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import '../../parts/paper/paper.css'
import { go } from '../../parts/router/router.ts'
import { rowsOf, said } from '../../parts/said/said.ts'
import { Words } from '../../parts/said/words.tsx'
import { Steps } from '../../parts/steps/steps.tsx'
import { Summary, type Place } from '../../parts/summary/summary.tsx'
import { say } from '../../words/later.ts'
import { DeclarationField } from '../form/fields/declaration.tsx'
import { inner } from '../form/sentences.ts'
import { told } from '../form/telling.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { portalWay } from '../portal/ways.ts'
import { useChecks } from '../papers/use-checks.ts'
import { partName } from '../send/part-name.ts'
import { pageAt, way } from '../ways.ts'
import { FeeCard } from './fee-card.tsx'

interface Props {
  dossier: Dossier
  definition: Definition
}

/** Nothing is sent from here: the person files at the national portal. */
const isAlone = ({ portal }: Dossier, { portal_only }: Definition): boolean =>
  portal_only !== undefined || portal !== undefined

export function Review({ dossier, definition }: Props) {
  const [found, setFound] = useState<readonly string[]>([])
  const [round, setRound] = useState(0)
  const [consents, setConsents] = useState(dossier.consents)
  useChecks(dossier)
  const pages = pagesOf(definition, dossier.values, today())
  /** Those found at the last try that still stand, in the language spoken now. */
  const places = standing({ ...dossier, consents }, definition, pages).filter(({ at }) => found.includes(at))
  const alone = isAlone(dossier, definition)
  const title = say(alone ? 'portal.review' : 'review.title')

  /** Whether nothing stands against it; what does is shown, with the way to mend it. */
  function ready(wanted: readonly Consent[]): boolean {
    if (stopOf(definition, dossier.values, today()) !== null) {
      go(way.stopped(dossier.id))
      return false
    }
    const against = standing({ ...dossier, consents }, { ...definition, consents: wanted }, pages)
    setFound(against.map(({ at }) => at))
    setRound((count) => count + 1)
    return against.length === 0
  }

  /** On the screen at once, on the device right after: who sends in between has ticked it. */
  function tick({ id, version }: Consent, given: boolean): void {
    const one: Consented = { id, version, at: new Date().toISOString() }
    const after = (all: readonly Consented[]): Consented[] => [...all.filter((each) => each.id !== id), ...(given ? [one] : [])]
    setConsents(after)
    void book.change(dossier.id, (now) => ({ ...now, consents: after(now.consents) })).catch(() => undefined)
  }

  /** A declaration is made where the dossier is filed. */
  function prepare(): void {
    if (ready([])) go(portalWay.home(dossier.id))
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (alone) return prepare()
    if (!ready(definition.consents)) return
    await book.change(dossier.id, (now) => ({
      ...now,
      consents,
      at: way.send(now.id),
      sending: aim(now.sending, 'submit'),
    }))
    wake()
    go(way.send(dossier.id))
  }

  return (
    <Page title={title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <Steps now={pages.length} all={pages.length} title={title} />
      <form class="stack--wide" noValidate onSubmit={(event) => void send(event)}>
        <Summary places={places} round={round} />
        <h1>{title}</h1>
        {dossier.portal === undefined && <p class="on-paper">{say('review.paper')}</p>}
        {pages.map((page) => (
          <Answers key={page.id} dossier={dossier} definition={definition} page={page} />
        ))}
        <Papers dossier={dossier} pages={pages} alone={alone} />
        <FeeCard definition={definition} values={dossier.values} alone={alone} />
        {alone ? (
          <ByPortal dossier={dossier} />
        ) : (
          <>
            {definition.consents.map((consent) => (
              <Declaration
                key={consent.id}
                consent={consent}
                given={consents.some(({ id }) => id === consent.id)}
                wrong={places.find(({ at }) => at === boxOf(consent.id))?.words}
                tick={(given) => tick(consent, given)}
              />
            ))}
            <div class="stack--tight">
              <button class="btn btn--main" type="submit">
                <Icon of="way" />
                {say('send.button')}
              </button>
              <p class="small quiet">{say('review.to', { unit: dossier.unit.name })}</p>
              <button class="link" type="button" onClick={prepare}>
                <Icon of="globe" />
                {say('portal.instead')}
              </button>
            </div>
          </>
        )}
      </form>
    </Page>
  )
}

/** Nothing is sent from here: it is prepared, or was filed at the national portal already. */
function ByPortal({ dossier: { id, portal } }: { dossier: Dossier }) {
  if (portal !== undefined)
    return (
      <div class="stack--tight">
        <p>{say('portal.filed', { code: portal.code })}</p>
        <a class="btn btn--main" href={portalWay.home(id)}>
          <Icon of="globe" />
          {say('portal.see')}
        </a>
      </div>
    )
  return (
    <div class="stack--tight">
      <button class="btn btn--main" type="submit">
        <Icon of="globe" />
        {say('portal.open')}
      </button>
      <p class="small quiet">{say('portal.open.more')}</p>
    </div>
  )
}

/** What stands against sending, each with the way to mend it. */
function standing(dossier: Dossier, definition: Definition, pages: readonly FilingPage[]): Place[] {
  const have = (paper: string): number => dossier.pages[paper]?.length ?? 0
  const { wrong, papers } = obstacles(definition, dossier.values, have, today())
  const answers = told(wrong).map((one) => {
    const page = pages.find(
      (each) => each.kind === 'step' && each.fields.some(({ id }) => id === one.at.split('/')[0]),
    )
    const at = page === undefined ? way.review(dossier.id) : edit(dossier.id, page)
    return { at, words: one.named }
  })
  const missing = papers.map(({ id, name }) => ({
    at: `${way.paper(dossier.id, id)}/sua`,
    words: say('err.paper', { paper: paperName(name).short }),
  }))
  const broken = pages.flatMap((page) =>
    page.kind !== 'paper'
      ? []
      : unreadable(dossier, page.paper).map(({ at, number }) => ({
          at,
          words: say('stop.page', { part: partName(page.paper.name, number - 1) }),
        })),
  )
  const unticked = definition.consents
    .filter(({ id }) => !dossier.consents.some((given) => given.id === id))
    .map(({ id }) => ({ at: boxOf(id), words: say('err.consent') }))
  return [...answers, ...missing, ...broken, ...unticked]
}

/** The pages of a paper that the ward could not open, each with the way to take it again. */
function unreadable(dossier: Dossier, { id }: Paper): { at: string; number: number }[] {
  return (dossier.pages[id] ?? []).flatMap((shot, index) =>
    isUnreadable(dossier, shot) ? [{ at: `${way.paper(dossier.id, id)}/sua`, number: index + 1 }] : [],
  )
}

const boxOf = (consent: string): string => `dong-y-${consent}`

const edit = (id: string, page: FilingPage): string => `${pageAt(id, page)}/sua`

function Answers({ dossier, definition, page }: Props & { page: FilingPage }) {
  if (page.kind !== 'step') return null
  const blank = page.fields.filter(({ id, required }) => !required && empty(dossier.values[id]))
  const given = page.fields.filter((field) => !blank.includes(field))
  const plain = { yes: say('review.yes'), no: say('review.no'), blank: say('review.blank') }
  return (
    <section class="card">
      <h2>{page.step.title}</h2>
      <dl class="rows answers">
        {given.map((field) => (
          <div key={field.id} class="answer">
            <dt class={field.label === page.step.title ? 'unseen' : undefined}>{field.label}</dt>
            <dd class="answer__said">
              <Words words={said(field, dossier.values[field.id], plain)} rows={rowsOf(field, dossier.values[field.id], plain)} />
            </dd>
            <dd class="answer__edit">
              <a class="link" href={edit(dossier.id, page)}>
                {say('review.edit')}
                <span class="unseen"> {inner(field.label)}</span>
              </a>
            </dd>
          </div>
        ))}
        {derivedOf(page.step, counted(definition, dossier.values, today()), today()).map(({ id, label, words, lang }) => (
          <div key={id} class="answer">
            <dt>{label}</dt>
            <dd class="answer__said" lang={lang}>
              {words}
            </dd>
          </div>
        ))}
        {blank.length > 0 && (
          <div class="answer">
            <dt>{say('review.blank')}</dt>
            <dd class="answer__said answer__said--blank">{blank.map(({ label }) => inner(label)).join('; ')}</dd>
            <dd class="answer__edit">
              <a class="link" href={edit(dossier.id, page)}>
                {say('review.add')}
                <span class="unseen"> {page.step.title}</span>
              </a>
            </dd>
          </div>
        )}
      </dl>
    </section>
  )
}

type PaperPage = FilingPage & { kind: 'paper' }

interface PapersProps {
  dossier: Dossier
  pages: readonly FilingPage[]
  alone: boolean
}

function Papers({ dossier, pages, alone }: PapersProps) {
  const papers = pages.filter((page): page is PaperPage => page.kind === 'paper')
  if (papers.length === 0) return null
  return (
    <section class="card">
      <h2>{say('review.papers')}</h2>
      <dl class="rows answers">
        {papers.map((page) => (
          <PaperAnswer key={page.id} dossier={dossier} page={page} alone={alone} />
        ))}
      </dl>
    </section>
  )
}

function PaperAnswer({ dossier, page, alone }: { dossier: Dossier; page: PaperPage; alone: boolean }) {
  const shots = dossier.pages[page.id] ?? []
  const whole = shots.filter((shot) => isKept(dossier, shot))
  return (
    <div class="answer">
      <dt>{paperName(page.paper.name).short}</dt>
      <dd class="answer__said">
        {shots.length === 0 ? say('review.noPhoto') : say('review.pages', { count: shots.length })}
        {shots.length > 0 && (
          <span class={whole.length === shots.length ? 'tag tag--safe' : 'tag tag--wait'}>
            <Icon of={whole.length === shots.length ? 'safe' : 'phone'} />
            {alone && whole.length === 0 ? say('photo.here') : say('review.kept', { have: whole.length, all: shots.length })}
          </span>
        )}
        {unreadable(dossier, page.paper).map(({ number }) => (
          <span key={number} class="tag tag--late">
            <Icon of="alert" />
            {say('review.again', { number })}
          </span>
        ))}
      </dd>
      <dd class="answer__edit">
        <a class="link" href={edit(dossier.id, page)}>
          {say('review.edit')}
          <span class="unseen"> {inner(paperName(page.paper.name).short)}</span>
        </a>
      </dd>
    </div>
  )
}

interface DeclarationProps {
  consent: Consent
  given: boolean
  wrong: string | undefined
  tick: (given: boolean) => void
}

function Declaration({ consent, given, wrong, tick }: DeclarationProps) {
  const field = { ...consent, kind: 'declaration' as const, label: consent.words, required: true }
  const set = (value: Value | undefined): void => tick(value === true)
  return <DeclarationField id={boxOf(consent.id)} field={field} label={field.label} wrong={wrong} required value={given} set={set} />
}
