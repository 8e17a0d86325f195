/** One paper of the dossier: a photo for each page, from the camera or from what is there. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { isDoubtful, isUnreadable } from '../../drafts/checked.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition, Paper } from '../../form/definition.ts'
import { mostPages, pagesOf, type FilingPage } from '../../form/pages.ts'
import { paperName } from '../../form/paper-name.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Steps } from '../../parts/steps/steps.tsx'
import { Summary, type Place } from '../../parts/summary/summary.tsx'
import { say } from '../../words/later.ts'
import { Full } from '../form/full.tsx'
import { nextAfter } from '../form/judge.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { spokenName } from '../spoken-name.ts'
import { WalletOffer } from '../wallet/offer.tsx'
import { pageAt } from '../ways.ts'
import { keepPages, travelsAhead } from './keep-pages.ts'
import { allTaken, Shots } from './shots.tsx'
import { buttonOf } from './tile.tsx'
import { useChecks } from './use-checks.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  id: string
  editing: boolean
}

export function PaperPage({ dossier, definition, id, editing }: Props) {
  const [round, setRound] = useState(0)
  const [asked, setAsked] = useState<readonly string[]>([])
  const lost = useLostPhoto(dossier, id)
  useChecks(dossier)
  const pages = pagesOf(definition, dossier.values, today())
  const index = pages.findIndex((page) => page.kind === 'paper' && page.id === id)
  const page = pages[index]
  if (page?.kind !== 'paper') {
    queueMicrotask(() => go(pageAt(dossier.id, { kind: 'review', id: 'review' }), 'replace'))
    return null
  }
  const paperPage = page
  const { paper, required } = page
  const ahead = travelsAhead(dossier, definition)
  const shots = dossier.pages[id] ?? []
  const before = pages[index - 1]

  const found = round === 0 ? [] : standing(dossier, page)
  const doubts = found.length > 0 ? [] : doubtful(dossier, page).filter(({ sha256 }) => asked.includes(sha256))
  const next = required || shots.length > 0 ? say('nav.next') : say('paper.skip')

  /** A page that does not open keeps the person here; one that only this device cannot open, once. */
  async function onward(): Promise<void> {
    await allTaken()
    const now = book.get(dossier.id) ?? dossier
    const open = doubtful(now, paperPage).map(({ sha256 }) => sha256)
    setRound((count) => count + 1)
    setAsked(open)
    if (standing(now, paperPage).length > 0 || open.some((one) => !asked.includes(one))) return
    const to = nextAfter(dossier, definition, dossier.values, { kind: 'paper', id, editing })
    await book.change(dossier.id, (now) => ({ ...now, at: to })).catch(() => undefined)
    go(to)
  }

  return (
    <Page title={say('paper.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <Steps now={index + 1} all={mostPages(definition, dossier.values, today())} title={say('paper.title')} />
      <div class="stack--wide">
        <Full />
        <Summary
          places={[...found, ...doubts]}
          round={round}
          again={doubts.length > 0 ? say('paper.anyway', { button: next }) : undefined}
        />
        <Heading paper={paper} required={required} />
        {lost && shots.length === 0 && (
          <div class="note note--wait" role="status">
            <Icon of="alert" />
            <p class="note__body">{say('photo.lost')}</p>
          </div>
        )}
        <Shots
          dossier={dossier.id}
          paper={paper}
          shots={shots}
          sending={dossier.sending}
          checks={dossier.status?.files ?? []}
          opening={() => book.change(dossier.id, (now) => ({ ...now, camera: id }))}
          closed={() => void book.change(dossier.id, (now) => ({ ...now, camera: null })).catch(() => undefined)}
          change={(how) => keepPages(dossier, definition, id, how)}
        />
        <WalletOffer dossier={dossier} paper={id} room={shots.length < paper.max_files} editing={editing} />
        <div class="stack--tight">
          <button class="btn btn--main" type="button" onClick={() => void onward()}>
            {next}
          </button>
          {ahead && shots.length > 0 && !shots.some((shot) => isUnreadable(dossier, shot)) && <p class="small quiet">{say('paper.ahead')}</p>}
          {before !== undefined && !editing && (
            <p>
              <a class="link" href={pageAt(dossier.id, before)}>
                <Icon of="back" />
                {say('paper.back')}
              </a>
            </p>
          )}
        </div>
      </div>
    </Page>
  )
}

type PaperPage = FilingPage & { kind: 'paper' }

/** What stands against going on: no page where one is needed, or pages that the office cannot open. */
function standing(dossier: Dossier, { id, paper, required }: PaperPage): Place[] {
  const shots = dossier.pages[id] ?? []
  if (required && shots.length === 0) return [{ at: 'chup', words: say('err.paper', { paper: paperName(paper.name).short }) }]
  return shots.flatMap((shot, index) =>
    isUnreadable(dossier, shot) ? [{ at: buttonOf(id, 'chup', index + 1), words: say('paper.broken', { number: index + 1 }) }] : [],
  )
}

/** The pages that this device cannot open, while the office has not said that it can. */
function doubtful(dossier: Dossier, { id }: PaperPage): (Place & { sha256: string })[] {
  return (dossier.pages[id] ?? []).flatMap((shot, index) => {
    const at = buttonOf(id, 'chup', index + 1)
    return isDoubtful(dossier, shot) ? [{ at, sha256: shot.sha256, words: say('paper.unopened', { number: index + 1 }) }] : []
  })
}

function Heading({ paper, required }: { paper: Paper; required: boolean }) {
  const { short, rest } = spokenName(paper.name)
  return (
    <div class="stack--tight">
      <h1>{short}</h1>
      {rest !== null && <p class="quiet">{rest}</p>}
      {paper.unless && <p>{say('paper.unless', { words: paper.unless })}</p>}
      {!required && !paper.unless && <p class="tag">{say('paper.optional')}</p>}
      {paper.any_of && (
        <>
          <p>{say('paper.anyOf')}</p>
          <ul class="bullets">
            {paper.any_of.map(({ name, hint }) => (
              <li key={name}>
                {name}
                {hint !== undefined && <span class="small quiet"> {hint}</span>}
              </li>
            ))}
          </ul>
        </>
      )}
      {paper.hint && <p>{paper.hint}</p>}
      <p class="quiet">{say('paper.how')}</p>
    </div>
  )
}

/** The system may close the page while the camera is open; then the photo never came back. */
function useLostPhoto(dossier: Dossier, paper: string): boolean {
  const [lost] = useState(dossier.camera === paper)
  useEffect(() => {
    if (lost) void book.change(dossier.id, (now) => ({ ...now, camera: null })).catch(() => undefined)
  }, [])
  return lost
}
