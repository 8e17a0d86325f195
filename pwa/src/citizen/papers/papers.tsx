/** One paper of the dossier: a photo for each page, from the camera or from what is there. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { isUnreadable } from '../../drafts/checked.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition, Paper } from '../../form/definition.ts'
import { mostPages, pagesOf } from '../../form/pages.ts'
import { paperName } from '../../form/paper-name.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Steps } from '../../parts/steps/steps.tsx'
import { Summary } from '../../parts/summary/summary.tsx'
import { say } from '../../words/later.ts'
import { Full } from '../form/full.tsx'
import { nextAfter } from '../form/judge.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { WalletOffer } from '../wallet/offer.tsx'
import { pageAt } from '../ways.ts'
import { keepPages, travelsAhead } from './keep-pages.ts'
import { allTaken, Shots } from './shots.tsx'
import { useChecks } from './use-checks.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  id: string
  editing: boolean
}

export function PaperPage({ dossier, definition, id, editing }: Props) {
  const [missing, setMissing] = useState(0)
  const lost = useLostPhoto(dossier, id)
  useChecks(dossier)
  const pages = pagesOf(definition, dossier.values, today())
  const index = pages.findIndex((page) => page.kind === 'paper' && page.id === id)
  const page = pages[index]
  if (page?.kind !== 'paper') {
    queueMicrotask(() => go(pageAt(dossier.id, { kind: 'review', id: 'review' }), 'replace'))
    return null
  }
  const { paper, required } = page
  const ahead = travelsAhead(dossier, definition)
  const shots = dossier.pages[id] ?? []
  const before = pages[index - 1]

  async function onward(): Promise<void> {
    await allTaken()
    const taken = book.get(dossier.id)?.pages[id] ?? []
    if (required && taken.length === 0) {
      setMissing((count) => count + 1)
      return
    }
    const to = nextAfter(dossier, definition, dossier.values, { kind: 'paper', id, editing })
    await book.change(dossier.id, (now) => ({ ...now, at: to })).catch(() => undefined)
    go(to)
  }

  return (
    <Page title={say('paper.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <Steps now={index + 1} all={mostPages(definition, dossier.values, today())} title={say('paper.title')} />
      <div class="stack--wide">
        <Full />
        <Summary places={missing > 0 && shots.length === 0 ? [{ at: 'chup', words: say('err.paper', { paper: paperName(paper.name).short }) }] : []} round={missing} />
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
            {required || shots.length > 0 ? say('paper.next') : say('paper.skip')}
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

function Heading({ paper, required }: { paper: Paper; required: boolean }) {
  const { short, rest } = paperName(paper.name)
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
