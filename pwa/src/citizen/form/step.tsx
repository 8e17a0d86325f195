/** One question page: the question, its boxes, on and back. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { faults, type Wrong } from '../../form/check.ts'
import { counted } from '../../form/conditions.ts'
import type { Definition, Field, Values } from '../../form/definition.ts'
import { feeOf } from '../../form/fee.ts'
import { helpedBy } from '../../form/lent.ts'
import { firstOpen, pagesOf, stopOf, type FilingPage } from '../../form/pages.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Steps } from '../../parts/steps/steps.tsx'
import { Summary } from '../../parts/summary/summary.tsx'
import { say } from '../../words/first.ts'
import * as format from '../../words/format.ts'
import { way } from '../ways.ts'
import { AnyField, target } from './fields/any.tsx'
import { sentence } from './sentences.ts'
import { useValues } from './use-values.ts'
import { whereabouts } from './whereabouts.ts'
import { Full } from './full.tsx'

interface Props {
  dossier: Dossier
  definition: Definition
  id: string
  /** Came from the last look, and returns there. */
  editing: boolean
}

/** The address of a page of the filing. */
export function pageAt(id: string, page: FilingPage): string {
  if (page.kind === 'review') return way.review(id)
  return page.kind === 'step' ? way.step(id, page.id) : way.paper(id, page.id)
}

const have =
  (dossier: Dossier) =>
  (paper: string): number =>
    dossier.pages[paper]?.length ?? 0

/** Where `Tiếp tục` leads: the next page, or from an edit the first that is still open. */
export function nextAfter(dossier: Dossier, definition: Definition, values: Values, id: string, editing: boolean): string {
  if (editing) return pageAt(dossier.id, firstOpen(definition, values, have(dossier), today()))
  const pages = pagesOf(definition, values, today())
  const index = pages.findIndex((page) => page.kind !== 'review' && page.id === id)
  return pageAt(dossier.id, pages[index + 1] ?? { kind: 'review', id: 'review' })
}

export function StepPage({ dossier, definition, id, editing }: Props) {
  const { values, set, flush } = useValues(dossier)
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const [round, setRound] = useState(0)
  const pages = pagesOf(definition, values, today())
  const index = pages.findIndex((page) => page.kind === 'step' && page.id === id)
  const page = pages[index]
  if (page?.kind !== 'step') return <Elsewhere dossier={dossier} definition={definition} />
  const { step, fields } = page

  async function onward(event: Event): Promise<void> {
    event.preventDefault()
    const found = faults(fields, counted(definition, values, today()), today())
    setWrong(found)
    setRound((count) => count + 1)
    if (found.length > 0) return
    await flush()
    if (stopOf(definition, values, today()) !== null) return go(way.stopped(dossier.id))
    if (dossier.lent !== undefined) await import('../card/parted.ts').then(({ part }) => part(dossier.id, definition), () => undefined)
    const to = nextAfter(dossier, definition, values, id, editing)
    await book.change(dossier.id, (now) => ({ ...now, at: to })).catch(() => undefined)
    go(to)
  }

  const lent = dossier.lent ?? {}
  const before = pages[index - 1]
  const single = fields.length === 1
  return (
    <Page title={step.title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <Steps now={index + 1} all={pages.length} title={step.title} />
      <div class="stack--wide">
        <Full />
        <Summary places={wrong.map((one) => ({ at: target(one), words: sentence(one) }))} round={round} />
        <form class="stack--wide" noValidate onSubmit={(event) => void onward(event)}>
          <div class="stack--tight">
            <h1>{step.title}</h1>
            {step.hint && <p class="quiet">{step.hint}</p>}
          </div>
          {helpedBy(fields, lent) !== null && (
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
              price={priceOf(definition, field, values)}
              mark={lent[field.id] === undefined ? undefined : say('card.from')}
              asked={single && field.label === step.title}
            />
          ))}
          <div class="stack--tight">
            <button class="btn btn--main" type="submit">
              {say('nav.next')}
            </button>
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

/** `3 × 8.000 đ = 24.000 đ` under the number that a fee is counted by. */
function priceOf(definition: Definition, field: Field, values: Values): string | null {
  const line = feeOf(definition, values, today())?.lines.find(
    ({ item }) => item.quantity?.answer === field.id,
  )
  if (line === undefined || line.amount === null || line.each === null) return null
  return say('count.price', {
    count: line.quantity,
    each: format.money(line.each),
    sum: format.money(line.amount),
  })
}

/** The page is hidden now (another answer was changed): go on where something is open. */
function Elsewhere({ dossier, definition }: { dossier: Dossier; definition: Definition }) {
  const to = pageAt(dossier.id, firstOpen(definition, dossier.values, have(dossier), today()))
  queueMicrotask(() => go(to, 'replace'))
  return null
}
