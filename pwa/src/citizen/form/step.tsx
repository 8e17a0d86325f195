/** One question page: the question, its boxes, on and back. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition, Values } from '../../form/definition.ts'
import { helpedBy } from '../../form/lent.ts'
import { mostPages, pagesOf, stopOf } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Steps } from '../../parts/steps/steps.tsx'
import { say } from '../../words/first.ts'
import { Coming, Offline } from '../trouble.tsx'
import { pageAt, way } from '../ways.ts'
import { AnyField } from './fields/any.tsx'
import { Full } from './full.tsx'
import { Led, useJudge, warmNext } from './judging.tsx'
import { useValues } from './use-values.ts'
import { whereabouts } from './whereabouts.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  id: string
  /** Came from the last look, and returns there. */
  editing: boolean
}

export function StepPage({ dossier, definition, id, editing }: Props) {
  const { values, set, flush } = useValues(dossier)
  /** What was answered when `Tiếp tục` was last pressed; it is told in whichever language is read. */
  const [answered, setAnswered] = useState<Values>()
  const { judge, lost, again } = useJudge()
  const [pressed, setPressed] = useState(false)
  useEffect(warmNext, [])
  useEffect(() => {
    if (!pressed || judge === null) return
    setPressed(false)
    void onward(judge)
  }, [pressed, judge])
  const pages = pagesOf(definition, values, today())
  const index = pages.findIndex((page) => page.kind === 'step' && page.id === id)
  const page = pages[index]
  if (page?.kind !== 'step') return <Led to={({ openAt }) => openAt(dossier, definition)} />
  const { step, fields } = page
  const wrong = (answered && judge?.judged(dossier.id, definition, id, answered)) ?? []

  async function onward({ judged, stays, nextAfter }: NonNullable<typeof judge>): Promise<void> {
    setAnswered({ ...values })
    if (stays(judged(dossier.id, definition, id, values), values, answered)) return
    await flush()
    if (stopOf(definition, values, today()) !== null) return go(way.stopped(dossier.id))
    if (dossier.lent !== undefined) await import('../card/parted.ts').then(({ part }) => part(dossier.id, definition), () => undefined)
    const to = nextAfter(dossier, definition, values, { kind: 'step', id, editing })
    await book.change(dossier.id, (now) => ({ ...now, at: to })).catch(() => undefined)
    go(to)
  }

  function submit(event: Event): void {
    event.preventDefault()
    setPressed(true)
  }

  const lent = dossier.lent ?? {}
  const before = pages[index - 1]
  return (
    <Page title={step.title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <Steps now={index + 1} all={mostPages(definition, values, today())} title={step.title} />
      <div class="stack--wide">
        <Full />
        {judge !== null && <judge.Found found={wrong} round={answered} button={say('nav.next')} />}
        <form class="stack--wide" noValidate onSubmit={submit}>
          <div class="stack--tight">
            <h1>{step.title}</h1>
            {step.hint && <p class="quiet">{step.hint}</p>}
          </div>
          {helpedBy(fields, lent, definition) !== null && (
            <a class="btn" href={way.card(dossier.id, id)}>
              <Icon of="card" />
              {say('card.scan')}
            </a>
          )}
          {fields.map((field) => (
            <AnyField
              key={field.id}
              id={field.id}
              field={field}
              value={values[field.id]}
              set={(value) => set(field.id, value)}
              faults={wrong}
              priced={{ definition, values }}
              mark={lent[field.id] === undefined ? undefined : say('card.from')}
              asked={field === fields[0] && field.label === step.title}
            />
          ))}
          <div class="stack--tight">
            {pressed && lost && <Offline within again={again} />}
            <button class="btn btn--main" type="submit">
              {say('nav.next')}
            </button>
            {pressed && !lost && <Coming />}
            {before !== undefined && !editing && (
              <p>
                <a class="link" href={pageAt(dossier.id, before)}>
                  <Icon of="back" />
                  {say('nav.back')}
                </a>
              </p>
            )}
          </div>
        </form>
      </div>
    </Page>
  )
}
