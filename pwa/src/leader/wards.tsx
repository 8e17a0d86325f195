/** The table of the wards (chỉ tiêu các phường): share, target, bar, and the words for it. */
import { useState } from 'preact/hooks'

import { today } from '../form/today.ts'
import type { Me } from '../parts/desk/session.ts'
import { Rich } from '../parts/rich/rich.tsx'
import { go } from '../parts/router/router.ts'
import * as format from '../words/format.ts'
import { language } from '../words/say.ts'
import { say } from '../words/leader.ts'
import { missing, pullsMost, sorted, standingOf, thousands, type Column, type Sorting } from './figures.ts'
import { choices, idOf, read, type Period } from './periods.ts'
import { addressOf, type Open } from './place.ts'
import { decimal, Gap, NONE, points, Score } from './score.tsx'
import { INDICATORS, type Figure, type Table } from './shapes.ts'

interface Props {
  me: Me
  open: Open
  table: Table
  figures: readonly Figure[]
}

/** Vietnamese months are numbers, English ones have names. */
const monthName = ({ year, month }: Extract<Period, { kind: 'month' }>): string | number =>
  language() === 'en' ? new Date(year, month - 1).toLocaleDateString('en', { month: 'long' }) : month

export function periodWords(period: Period): string {
  if (period.kind === 'month') return say('period.month', { month: monthName(period), year: period.year })
  if (period.kind === 'quarter') return say('period.quarter', { quarter: period.quarter, year: period.year })
  return say('period.year', { year: period.year })
}

export function Wards({ me, open, table, figures }: Props) {
  const whole = figures.find((figure) => figure.unit === open.whole)
  const wards = figures.filter((figure) => figure.unit !== open.whole)
  return (
    <div class="stack">
      <div class="side side--ends side--wrap">
        <div class="side__fill">
          <h1>{say(`${open.indicator}.title`)}</h1>
          <p class="quiet">
            {say('period.until', { period: periodWords(open.period), day: format.day(`${table.seen_until}T12:00:00+07:00`) })}
          </p>
        </div>
        <Picks me={me} open={open} />
      </div>
      <nav class="tabs tabs--even" aria-label={say('of')}>
        {INDICATORS.map((indicator) => (
          <a
            key={indicator}
            class={indicator === open.indicator ? 'tab tab--here' : 'tab'}
            href={addressOf({ ...open, indicator })}
            aria-current={indicator === open.indicator ? 'true' : undefined}
          >
            {say(`${indicator}.tab`)}
          </a>
        ))}
      </nav>
      {whole !== undefined && <Sentence whole={whole} wards={wards} />}
      <Scores open={open} wards={wards} whole={whole} />
      <p class="small quiet">{say('table.foot')}</p>
    </div>
  )
}

function Picks({ me, open }: { me: Me; open: Open }) {
  const { months, quarters, years } = choices(today())
  const groups = [
    [say('period.months'), months],
    [say('period.quarters'), quarters],
    [say('period.years'), years],
  ] as const
  return (
    <div class="side side--wrap picks">
      {me.units.length > 1 && (
        <label>
          <span class="unseen">{say('unit.pick')}</span>
          <select
            class="field__input field__input--fit"
            value={open.whole}
            onChange={(event) => go(addressOf({ ...open, whole: event.currentTarget.value, unit: null }))}
          >
            {me.units.map((unit) => (
              <option key={unit} value={unit}>
                {me.unit_names[unit] ?? unit}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        <span class="unseen">{say('period.pick')}</span>
        <select
          class="field__input field__input--fit"
          value={idOf(open.period)}
          onChange={(event) => go(addressOf({ ...open, period: read(event.currentTarget.value) ?? open.period }))}
        >
          {groups.map(([label, periods]) => (
            <optgroup key={label} label={label}>
              {periods.map((period) => (
                <option key={idOf(period)} value={idOf(period)}>
                  {periodWords(period)}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
    </div>
  )
}

function wholeWords(whole: Figure): string {
  const standing = standingOf(whole)
  const unit = whole.unit_name
  switch (standing.is) {
    case 'none':
      return say('sum.none', { unit })
    case 'free':
      return say('sum.free', { unit, share: decimal(standing.share) })
    case 'reached':
      return say('sum.reached', { unit, share: decimal(standing.share), target: points(standing.target) })
    case 'short':
      return say('sum.short', {
        unit,
        share: decimal(standing.share),
        target: points(standing.target),
        points: decimal(standing.points),
      })
  }
}

/** The same as the table, in a sentence. */
function Sentence({ whole, wards }: { whole: Figure; wards: readonly Figure[] }) {
  const most = pullsMost(wards)
  const judged = wards.some((ward) => standingOf(ward).is === 'reached')
  return (
    <p class="card sum num">
      <Rich text={wholeWords(whole)} />{' '}
      {most !== null ? (
        <Rich text={say('sum.pulls', { ward: most.unit_name, missing: thousands(missing(most)) })} />
      ) : (
        judged && say('sum.all')
      )}
    </p>
  )
}

const COLUMNS: readonly { by: Column; narrow: boolean; figure: boolean }[] = [
  { by: 'ward', narrow: true, figure: false },
  { by: 'share', narrow: true, figure: false },
  { by: 'target', narrow: false, figure: true },
  { by: 'gap', narrow: false, figure: false },
  { by: 'dossiers', narrow: false, figure: true },
]

function Scores({ open, wards, whole }: { open: Open; wards: readonly Figure[]; whole: Figure | undefined }) {
  const [sorting, setSorting] = useState<Sorting>({ by: 'share', up: false })
  const title = say(`${open.indicator}.title`)
  return (
    <div class="frame">
      <table class="table table--score">
        <caption class="unseen">{say('table.caption', { title, period: periodWords(open.period) })}</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ by, narrow, figure }) => (
              <Head key={by} by={by} cls={[figure ? 'table__n' : '', narrow ? '' : 'table__more'].join(' ').trim()} sorting={sorting} sort={setSorting} />
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted(wards, sorting).map((ward) => (
            <Row key={ward.unit} figure={ward} open={open} />
          ))}
        </tbody>
        {whole !== undefined && wards.length > 0 && (
          <tfoot>
            <Row figure={whole} open={open} whole />
          </tfoot>
        )}
        {wards.length === 0 && whole !== undefined && (
          <tbody>
            <Row figure={whole} open={open} />
          </tbody>
        )}
      </table>
    </div>
  )
}

interface HeadProps {
  by: Column
  cls: string
  sorting: Sorting
  sort: (sorting: Sorting) => void
}

function Head({ by, cls, sorting, sort }: HeadProps) {
  const here = sorting.by === by
  const up = here ? !sorting.up : by === 'ward'
  return (
    <th scope="col" class={cls === '' ? undefined : cls} aria-sort={here ? (sorting.up ? 'ascending' : 'descending') : undefined}>
      <button class="sort" type="button" onClick={() => sort({ by, up })}>
        {say(`table.${by}`)}
        <span class={here ? 'sort__way sort__way--here' : 'sort__way'} aria-hidden="true">
          {here ? (sorting.up ? '▲' : '▼') : '▲▼'}
        </span>
      </button>
    </th>
  )
}

function Row({ figure, open, whole = false }: { figure: Figure; open: Open; whole?: boolean }) {
  const name = whole ? say('table.whole', { unit: lower(figure.unit_name) }) : bare(figure.unit_name)
  return (
    <tr>
      <th scope="row">
        <a class="table__link" href={addressOf({ ...open, unit: figure.unit })}>
          <span class="table__name">{name}</span>
          <span class="table__sub table__less num">
            {thousands(figure.numerator)}/{thousands(figure.denominator)}
          </span>
        </a>
      </th>
      <td>
        <Score figure={figure} />
      </td>
      <td class="table__n table__more">{figure.target === null ? NONE : points(figure.target)}</td>
      <td class="table__more">
        <Gap figure={figure} />
      </td>
      <td class="table__n table__more">
        {thousands(figure.numerator)}/{thousands(figure.denominator)}
      </td>
    </tr>
  )
}

/** The column says already what kind of unit stands in it. */
const bare = (name: string): string => name.replace(/^Phường /, '')

/** "Quận Ô Môn" inside a sentence: "quận Ô Môn". */
const lower = (name: string): string =>
  language() === 'vi' ? name.charAt(0).toLowerCase() + name.slice(1) : name
