/** Where a figure comes from: its sum, its definition, and each dossier, counted or not. */
import { useState } from 'preact/hooks'

import type { Listed } from '../api/schema.ts'
import { useLoad } from '../parts/desk/load.ts'
import { MoreButton, useMore } from '../parts/desk/more.tsx'
import { spoken } from '../parts/desk/spoken.ts'
import { Tag } from '../parts/desk/tag.tsx'
import { Empty, Waiting } from '../parts/desk/trouble.tsx'
import { Icon } from '../parts/icon/icon.tsx'
import { Rich } from '../parts/rich/rich.tsx'
import * as format from '../words/format.ts'
import { say } from '../words/leader.ts'
import { language } from '../words/say.ts'
import { thousands } from './figures.ts'
import { idOf } from './periods.ts'
import { addressOf, type Open } from './place.ts'
import { points, Score, shareWords } from './score.tsx'
import type { Counted, CountedPage, Definition, Figure } from './shapes.ts'
import { periodWords } from './wards.tsx'

interface BehindProps {
  open: Open
  figure: Figure
  definition: Definition | undefined
}

export function Behind({ open, figure, definition }: BehindProps) {
  const { indicator } = open
  return (
    <div class="stack">
      <div>
        <p class="small">
          <a class="crumb" href={addressOf({ ...open, unit: null })}>
            {say('why.back')}
          </a>{' '}
          › {say(`${indicator}.tab`)}
        </p>
        <h1>
          {figure.unit_name}: <span class="num">{figure.share === null ? say('bar.none') : shareWords(figure)}</span>
        </h1>
        <p class="quiet">
          {figure.target === null ? say('gap.free') : say('why.target', { target: points(figure.target) })}. {periodWords(open.period)}.
        </p>
      </div>
      <Why indicator={indicator} figure={figure} definition={definition} />
      <Lists open={open} figure={figure} />
    </div>
  )
}

interface WhyProps {
  indicator: Open['indicator']
  figure: Figure
  definition: Definition | undefined
}

function Why({ indicator, figure, definition }: WhyProps) {
  const { numerator, denominator } = figure
  return (
    <section class="card stack" aria-labelledby="tinh">
      <h2 id="tinh">{say('why.title')}</h2>
      <p class="sum num">
        <Rich
          text={say('why.sum', {
            numerator: thousands(numerator),
            denominator: thousands(denominator),
            counted: say(`${indicator}.counted`),
            all: say(`${indicator}.all`),
          })}
        />{' '}
        {denominator === 0 && say('why.none')}
      </p>
      <div class="why__bar">
        <Score figure={figure} />
      </div>
      {definition !== undefined && <Meaning definition={definition} />}
    </section>
  )
}

function Lists({ open, figure }: { open: Open; figure: Figure }) {
  const [counted, setCounted] = useState(figure.numerator === figure.denominator)
  const procedures = useLoad<{ items: readonly Listed[] }>(spoken('/api/v1/procedures'))
  const titles = new Map(
    procedures.load.is === 'there' ? procedures.load.body.items.map((one) => [one.code, one.title]) : [],
  )
  if (figure.denominator === 0) return null
  const counts = { true: figure.numerator, false: figure.denominator - figure.numerator }
  return (
    <section class="stack--tight" aria-label={say('list.pick')}>
      <div class="tabs" role="group" aria-label={say('list.pick')}>
        {([false, true] as const).map((one) => (
          <button
            key={String(one)}
            class={counted === one ? 'tab tab--here' : 'tab'}
            type="button"
            aria-pressed={counted === one}
            onClick={() => setCounted(one)}
          >
            {say(one ? 'list.counted' : 'list.not', { count: thousands(counts[`${one}`]) })}
          </button>
        ))}
      </div>
      <Dossiers key={String(counted)} open={open} figure={figure} counted={counted} titles={titles} />
      <p class="small quiet">{say('list.private')}</p>
    </section>
  )
}

/** The server's own words for what it counts. */
function Meaning({ definition }: { definition: Definition }) {
  const english = language() === 'en'
  return (
    <details class="more">
      <summary>
        <Icon of="next" />
        {say('why.definition')}
      </summary>
      <div class="more__body small stack--tight">
        <p>{english ? definition.sentence_en : definition.sentence}</p>
        <p>
          {say('why.source', {
            source: english ? definition.source_en : definition.source,
            version: definition.version,
          })}
        </p>
      </div>
    </details>
  )
}

const NOTHING: CountedPage = { items: [], next: null }

interface DossiersProps {
  open: Open
  figure: Figure
  counted: boolean
  titles: ReadonlyMap<string, string>
}

function Dossiers({ open, figure, counted, titles }: DossiersProps) {
  const asked = { unit: figure.unit, period: idOf(open.period), counted: String(counted) }
  const path = (more: Record<string, string> = {}): string =>
    `/api/v1/targets/${open.indicator}/dossiers?${new URLSearchParams({ ...asked, ...more }).toString()}`
  const { load, again } = useLoad<CountedPage>(path())
  const more = useMore<Counted>(load.is === 'there' ? load.body : NOTHING, (after) => path({ after }))
  if (load.is !== 'there') return <Waiting load={load} again={again} />
  const { items } = more
  if (items.length === 0) return <Empty icon="check" title={say('list.none')} words={say('list.private')} />
  return (
    <div class="stack">
      <div class="frame">
        <table class="table table--fold" role="table">
          <caption class="unseen">{say('list.caption', { share: shareWords(figure) })}</caption>
          <thead role="rowgroup">
            <tr role="row">
              <th scope="col" role="columnheader">{say('list.code')}</th>
              <th scope="col" role="columnheader">{say('list.channel')}</th>
              <th scope="col" role="columnheader">{say('list.accepted')}</th>
              <th scope="col" role="columnheader">{say('list.is')}</th>
            </tr>
          </thead>
          <tbody role="rowgroup">
            {items.map((one) => (
              <Row key={one.code} one={one} title={titles.get(one.procedure) ?? one.procedure} />
            ))}
          </tbody>
        </table>
      </div>
      <MoreButton more={more} />
    </div>
  )
}

function Row({ one, title }: { one: Counted; title: string }) {
  return (
    <tr role="row">
      <th scope="row" role="rowheader">
        <span class="mono">{format.code(one.code).join(' ')}</span>
        <span class="table__sub">{title}</span>
      </th>
      <td role="cell">{say(`channel.${one.channel}`)}</td>
      <td role="cell" class="num">
        <span class="table__label">{say('list.accepted')}: </span>
        {format.day(one.accepted_at)}
      </td>
      <td role="cell">
        <Tag tone={one.counted ? 'safe' : 'plain'} icon={one.counted ? 'check' : 'minus'} words={say(one.counted ? 'list.yes' : 'list.no')} />
      </td>
    </tr>
  )
}
