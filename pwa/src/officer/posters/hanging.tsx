/** The posters that were made, newest first: their scans, their paper, and taking one out of use. */
import { Fragment } from 'preact'

import type { Listed } from '../../api/schema.ts'
import type { Me } from '../../parts/desk/session.ts'
import { useTyped } from '../../parts/desk/typed.ts'
import { Tag, type Sign } from '../../parts/desk/tag.tsx'
import { Empty } from '../../parts/desk/trouble.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { focusSoon } from '../dossier/form.tsx'
import type { Poster } from '../shapes.ts'
import { groups } from './poster.ts'
import { Withdraw } from './withdraw.tsx'

const STATE: Readonly<Record<Poster['state'], Omit<Sign, 'words'>>> = {
  live: { tone: 'safe', icon: 'check' },
  withdrawn: { tone: 'plain', icon: 'minus' },
  expired: { tone: 'plain', icon: 'clock' },
}

const rowOf = (code: string): string => `to-${code}`
const buttonOf = (code: string): string => `thu-hoi-${code}`

interface Props {
  posters: readonly Poster[]
  titles: readonly Listed[]
  me: Me
  withdrawn: (poster: Poster) => void
}

export function Hanging({ posters, titles, me, withdrawn }: Props) {
  const [asked, setAsked] = useTyped<string | null>('poster.asked', null)
  if (posters.length === 0)
    return <Empty icon="qr" title={say('poster.none')} words={say('poster.none.more')} />
  const titled = ({ procedures }: Poster): string =>
    procedures.map((code) => titles.find((one) => one.code === code)?.title ?? code).join(', ')
  const several = me.units.length > 1 || posters.some(({ unit }) => unit !== me.units[0])

  function close(focus: string): void {
    setAsked(null)
    focusSoon(focus)
  }

  return (
    <div class="stack">
      <div class="frame">
        <table class="table table--fold" role="table">
          <caption class="unseen">{say('poster.caption')}</caption>
          <Head />
          <tbody role="rowgroup">
            {posters.map((poster) => (
              <Fragment key={poster.code}>
                <Row poster={poster} title={titled(poster)} several={several} asked={asked === poster.code} ask={setAsked} />
                {asked === poster.code && (
                  <tr role="row">
                    <td role="cell" colspan={5} class="table__all">
                      <Withdraw
                        poster={poster}
                        others={posters.filter(({ code, unit, state }) => state === 'live' && unit === poster.unit && code !== poster.code)}
                        titled={titled}
                        done={(after) => {
                          close(rowOf(poster.code))
                          withdrawn(after)
                        }}
                        cancel={() => close(buttonOf(poster.code))}
                      />
                    </td>
                  </tr>
                )}
              </Fragment>
            ))}
          </tbody>
        </table>
      </div>
      <p class="small quiet">{say('poster.scans.what')}</p>
    </div>
  )
}

function Head() {
  return (
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">{say('poster.code')}</th>
        <th scope="col" role="columnheader">{say('poster.place')}</th>
        <th scope="col" role="columnheader" class="table__n">{say('poster.scans')}</th>
        <th scope="col" role="columnheader">{say('poster.state')}</th>
        <th scope="col" role="columnheader">{say('poster.paper')}</th>
      </tr>
    </thead>
  )
}

interface RowProps {
  poster: Poster
  title: string
  several: boolean
  asked: boolean
  ask: (code: string) => void
}

function Row({ poster, title, several, asked, ask }: RowProps) {
  const { code, campaign, scans, state, made_at: made, unit_name: unit, replaced_by: next } = poster
  return (
    <tr role="row">
      <th scope="row" role="rowheader" id={rowOf(code)} tabindex={-1}>
        <span class="mono">{groups(code)}</span>
        <span class="table__sub">{title}</span>
        {several && <span class="table__sub">{unit}</span>}
      </th>
      <td role="cell">
        {campaign ?? ''}
        <span class="table__sub num">{format.day(made)}</span>
      </td>
      <td role="cell" class="table__n">
        <span class="table__more">{scans}</span>
        <span class="table__less">{say('poster.scans.of', { count: scans })}</span>
      </td>
      <td role="cell">
        <Tag {...STATE[state]} words={say(`poster.${state}`)} />
        {next !== null && <span class="table__sub">{say('poster.next', { code: groups(next) })}</span>}
      </td>
      <td role="cell">{state === 'live' && <Acts poster={poster} asked={asked} ask={ask} />}</td>
    </tr>
  )
}

function Acts({ poster: { code, pdf_url: pdf }, asked, ask }: Pick<RowProps, 'poster' | 'asked' | 'ask'>) {
  return (
    <span class="acts">
      <a class="link link--line" href={pdf} target="_blank" rel="noreferrer" aria-label={say('poster.pdf.of', { code: groups(code) })}>
        <Icon of="print" />
        {say('poster.pdf')}
      </a>
      <button
        class="link link--line"
        type="button"
        id={buttonOf(code)}
        aria-label={say('withdraw.of', { code: groups(code) })}
        aria-expanded={asked}
        onClick={() => ask(code)}
      >
        <Icon of="minus" />
        {say('withdraw.do')}
      </button>
    </span>
  )
}
