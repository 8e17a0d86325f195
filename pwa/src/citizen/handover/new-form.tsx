/** The form was closed by law while it was filled in: what changed, before anything goes on. */
import { useEffect, useState } from 'preact/hooks'

import { call } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { carried, changes } from '../../drafts/new-form.ts'
import type { Definition } from '../../form/definition.ts'
import { paperName } from '../../form/paper-name.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/beside.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { procedureAt, type Reading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { way } from '../ways.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function NewForm({ dossier, definition }: Props) {
  const { reading, again } = useFormOfToday(dossier)
  return (
    <Page title={say('form.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      {reading.is === 'coming' && <Coming />}
      {reading.is === 'offline' && <Offline again={again} />}
      {reading.is === 'refused' && <Broken problem={reading.problem} again={again} />}
      {reading.is === 'there' && <Told dossier={dossier} before={definition} after={reading.body} />}
    </Page>
  )
}

/** Ask the office itself: what was read half a minute ago, or is kept for no network, is the closed form. */
function useFormOfToday({ procedure, unit }: Dossier): { reading: Reading<Definition>; again: () => void } {
  const [reading, setReading] = useState<Reading<Definition>>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    setReading({ is: 'coming' })
    void call<Definition>(procedureAt(procedure, { unit: unit.code })).then((result) => {
      if (left) return
      if (result.end === 'answer') setReading({ is: 'there', body: result.body })
      else setReading(result.end === 'lost' ? { is: 'offline' } : { is: 'refused', problem: result.problem })
    })
    return () => {
      left = true
    }
  }, [procedure, unit.code, round])
  return { reading, again: () => setRound((count) => count + 1) }
}

function Told({ dossier, before, after }: { dossier: Dossier; before: Definition; after: Definition }) {
  const [failed, setFailed] = useState(false)
  const { again, gone, asked, papers, fee } = changes(dossier.values, before, after, today())
  async function take(): Promise<void> {
    await book.putDefinition(after)
    await book.change(dossier.id, (now) => carried(now, before, after, today()))
    go(way.dossier(dossier.id), 'replace')
  }
  return (
    <div class="stack--wide">
      <div class="stack--tight">
        <h1>{say('form.title')}</h1>
        <p>{say('form.more')}</p>
      </div>
      <List title={say('form.again')} lines={again} />
      <List title={say('form.asked')} lines={asked} />
      <List title={say('form.papers')} lines={papers.map((name) => paperName(name).short)} />
      <List title={say('form.gone')} lines={gone} />
      {fee && <p>{say('form.fee')}</p>}
      {failed && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          {say('form.failed')}
        </p>
      )}
      <button class="btn btn--main" type="button" onClick={() => void take().catch(() => setFailed(true))}>
        {say('form.take')}
      </button>
    </div>
  )
}

function List({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null
  return (
    <section class="card stack--tight">
      <h2>{title}</h2>
      <ul class="bullets">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  )
}
