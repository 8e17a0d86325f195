/** Two devices went on with one draft apart: nothing is mixed, the person says which holds. */
import { useEffect, useState } from 'preact/hooks'

import { slugOf } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { adopted, differences, fetchDraft, insisted, type KeptDraft } from '../../drafts/handover.ts'
import { refresh } from '../../drafts/status.ts'
import type { Definition } from '../../form/definition.ts'
import { paperName } from '../../form/paper-name.ts'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/beside.ts'
import * as format from '../../words/format.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { Coming, Offline } from '../trouble.tsx'
import { way } from '../ways.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

interface Found {
  kept: KeptDraft
  edition: string | null
}

const unstopped = (now: Dossier): Dossier => ({ ...now, sending: { ...now.sending, goal: 'none', stop: null } })

/** What the office has now; `null` when the question is settled by itself. */
async function find(dossier: Dossier): Promise<Found | 'offline' | null> {
  const result = await fetchDraft(dossier.id, dossier.key)
  if (result.end === 'answer') return { kept: result.body, edition: result.headers.get('ETag') }
  if (result.end === 'lost' || result.status >= 500 || result.status === 429) return 'offline'
  if (slugOf(result.problem) === 'already-submitted') {
    if ((await refresh(dossier)) !== 'fresh') return 'offline'
    await book.change(dossier.id, unstopped)
    return null
  }
  await book.change(dossier.id, (now) => ({ ...now, shared: false, sending: { ...unstopped(now).sending, edition: null } }))
  return null
}

export function TwoDevices({ dossier, definition }: Props) {
  const [found, setFound] = useState<Found | 'offline' | 'coming'>('coming')
  const [round, setRound] = useState(0)
  useEffect(() => {
    void find(dossier).then((one) => (one === null ? go(way.dossier(dossier.id), 'replace') : setFound(one)))
  }, [round])
  async function choose(how: (now: Dossier) => Dossier): Promise<void> {
    await book.change(dossier.id, how)
    go(way.dossier(dossier.id), 'replace')
  }
  return (
    <Page title={say('two.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      {found === 'coming' && <Coming />}
      {found === 'offline' && <Offline again={() => setRound((count) => count + 1)} />}
      {typeof found !== 'string' && (
        <div class="stack--wide">
          <div class="stack--tight">
            <h1>{say('two.title')}</h1>
            <p>{say('two.more')}</p>
          </div>
          <Differences list={differences(dossier, definition, found.kept)} />
          <div class="stack">
            <button
              class="btn btn--main"
              type="button"
              onClick={() => void choose((now) => adopted(now, definition, found.kept, found.edition))}
            >
              {say('two.there.take')}
            </button>
            <button class="btn" type="button" onClick={() => void choose((now) => insisted(now, found.kept, found.edition))}>
              {say('two.here.keep')}
            </button>
            <p class="small quiet">{say('two.here', { moment: format.moment(dossier.savedAt) })}</p>
          </div>
        </div>
      )}
    </Page>
  )
}

function Differences({ list }: { list: readonly string[] }) {
  if (list.length === 0) return <p>{say('two.same')}</p>
  return (
    <section class="card stack--tight">
      <h2>{say('two.differ')}</h2>
      <ul class="bullets">
        {list.map((one) => (
          <li key={one}>{paperName(one).short}</li>
        ))}
      </ul>
    </section>
  )
}
