/** `/h#ID.KEY`: the link that opens one's dossier on this device; the key never leaves the `#`. */
import { useEffect, useState } from 'preact/hooks'

import { call, read } from '../../api/client.ts'
import type { Status } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import { newDossier, type Dossier } from '../../drafts/dossier.ts'
import { adopted, fetchDraft } from '../../drafts/handover.ts'
import type { Definition } from '../../form/definition.ts'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/later.ts'
import { officeOf } from '../procedure/start.tsx'
import { Coming, Empty, Offline } from '../trouble.tsx'
import { procedureAt } from '../reading.ts'
import { way } from '../ways.ts'

type Ending = 'coming' | 'offline' | 'wrong'

/** Fetch what the key opens and put it into the book. */
async function bring(id: string, key: string): Promise<Ending> {
  await book.ready()
  if (book.get(id) !== null) return 'coming'
  const status = await call<Status>(`/api/v1/dossiers/${id}`, { key })
  if (status.end === 'lost') return 'offline'
  if (status.end === 'refusal') return status.status >= 500 ? 'offline' : 'wrong'
  const { procedure, version, unit, state } = status.body
  const definition = await read<Definition>(procedureAt(procedure, { unit, version }))
  if (definition.end !== 'answer') return 'offline'
  const { title, language = 'vi', unit: office } = definition.body
  const about = { procedure, version, title, titles: { [language]: title }, unit: office === null ? { code: unit, name: unit } : officeOf(office), qr: null, values: {} }
  await book.putDefinition(definition.body)
  const found = { ...newDossier(about, Date.now()), id, key, payLink: true }
  if (state === 'draft') return bringDraft({ ...found, shared: true }, definition.body)
  await book.add({ ...found, status: status.body, heardAt: Date.now() })
  return 'coming'
}

/** A draft is gone on with here, with everything that the office holds of it. */
async function bringDraft(begun: Dossier, definition: Definition): Promise<Ending> {
  const draft = await fetchDraft(begun.id, begun.key)
  if (draft.end !== 'answer') return 'offline'
  await book.add(adopted(begun, definition, draft.body, draft.headers.get('ETag')))
  return 'coming'
}

export function OpenLink({ fragment }: { fragment: string }) {
  const [ending, setEnding] = useState<Ending>('coming')
  const [round, setRound] = useState(0)
  const [id = '', key = ''] = fragment.split('.')
  useEffect(() => {
    if (!/^[0-9a-f-]{36}$/i.test(id) || key === '') setEnding('wrong')
    else
      void bring(id, key).then((found) => {
        if (found === 'coming') go(way.dossier(id), 'replace')
        else setEnding(found)
      })
  }, [fragment, round])
  return (
    <Page title={say('track.page')}>
      {ending === 'coming' && <Coming />}
      {ending === 'offline' && <Offline again={() => setRound((count) => count + 1)} />}
      {ending === 'wrong' && (
        <Empty icon="lock" title={say('link.wrong')} words={say('link.wrong.more')}>
          <a class="btn btn--main" href="/tra-cuu">
            {say('look.title')}
          </a>
        </Empty>
      )}
    </Page>
  )
}
