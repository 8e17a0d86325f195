/** Before the first question: how much, how long, what to bring, by when. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { newDossier } from '../../drafts/dossier.ts'
import type { Definition, Value } from '../../form/definition.ts'
import { pagesOf } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/first.ts'
import { language } from '../../words/say.ts'
import { warmNext } from '../form/judging.tsx'
import { procedureAt, useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { NoStart, OtherWard } from '../scan/rarely.ts'
import { pageAt, startOf } from '../ways.ts'
import { Facts } from './facts.tsx'
import type { MoreProps } from './more.tsx'

/** What is read before beginning, but not first: it comes a moment later. */
const More = lazy<MoreProps>(async () => (await import('./more.tsx')).More, 'part')

interface Props {
  code: string
  unit: string | null
  qr: string | null
}

export function Start({ code, unit, qr }: Props) {
  const { reading, again } = useReading<Definition>(procedureAt(code, { unit }), procedureAt(code, { unit }, 'vi'))
  if (reading.is === 'there') return <About definition={reading.body} qr={qr} />
  return (
    <Page title={say('start.title')}>
      {reading.is === 'coming' && <Coming />}
      {reading.is === 'offline' && <Offline again={again} />}
      {reading.is === 'refused' &&
        (reading.problem.status >= 500 || reading.problem.status === 429 ? (
          <Broken problem={reading.problem} again={again} />
        ) : (
          <NoStart problem={reading.problem} code={code} unit={unit} qr={qr} />
        ))}
    </Page>
  )
}

/** The values that stand in the form at first. */
function defaults(definition: Definition): Record<string, Value> {
  const fields = definition.steps.flatMap((step) => step.fields)
  const given = fields.filter((field) => field.default !== undefined && field.default !== null)
  return Object.fromEntries(given.map((field) => [field.id, field.default as Value]))
}

/** The office as people address it: `UBND phường Long Hưng`. */
export const officeOf = ({ code, name, office }: NonNullable<Definition['unit']>) => ({
  code,
  name: office ?? name,
})

async function begin(definition: Definition, qr: string | null): Promise<void> {
  if (definition.unit === null) return
  const { code: procedure, version, title } = definition
  const unit = officeOf(definition.unit)
  const titles = { [definition.language ?? 'vi']: title }
  const about = { procedure, version, title, titles, unit, qr, values: defaults(definition) }
  const dossier = newDossier(about, Date.now())
  await book.putDefinition(definition)
  await book.add(dossier)
  void navigator.storage?.persist?.()
  const [first] = pagesOf(definition, dossier.values, today())
  if (first !== undefined) go(pageAt(dossier.id, first))
}

function About({ definition, qr }: { definition: Definition; qr: string | null }) {
  const { unit, title, name, summary, fileable, portal_only, code } = definition
  const [choosing, setChoosing] = useState(false)
  useEffect(warmNext, [])
  if (choosing) {
    const chosen = (next: { code: string }): void => go(startOf(code, next.code, qr), 'replace')
    return <OtherWard now={unit} choose={chosen} back={() => setChoosing(false)} />
  }
  return (
    <Page title={title} unit={unit?.office ?? unit?.name}>
      <div class="stack--wide">
        <div class="stack--tight">
          <button class="link" type="button" onClick={() => history.back()}>
            <Icon of="back" />
            {say('nav.return')}
          </button>
          <h1>{title}</h1>
          {summary.map((line) => (
            <p key={line} class="quiet">
              {line}
            </p>
          ))}
        </div>
        <Facts definition={definition} />
        {language() !== 'vi' && definition.complete !== true && <p class="small quiet">{say('start.language')}</p>}
        {(!fileable || portal_only) && <More definition={definition} first />}
        {fileable && unit !== null && <Begin definition={definition} qr={qr} />}
        {fileable && unit === null && (
          <button class="btn btn--main" type="button" onClick={() => setChoosing(true)}>
            <Icon of="pin" />
            {say('start.chooseWard')}
          </button>
        )}
        <More definition={definition} />
        <p class="small quiet">{say('start.official', { name, code })}</p>
      </div>
    </Page>
  )
}

function Begin({ definition, qr }: { definition: Definition; qr: string | null }) {
  const [failed, setFailed] = useState(false)
  return (
    <div class="stack--tight">
      {failed && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          {say('save.broken')}
        </p>
      )}
      <button
        class="btn btn--main"
        type="button"
        onClick={() => void begin(definition, qr).catch(() => setFailed(true))}
      >
        {say('start.go')} <Icon of="next" />
      </button>
    </div>
  )
}
