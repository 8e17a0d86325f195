/** The lines of the queue as a table; on a phone each line folds into a card. */
import { useRef } from 'preact/hooks'

import { useWalk } from '../../parts/desk/keys.ts'
import { say } from '../../words/officer.ts'
import type { Line } from '../shapes.ts'
import { ChannelWords, Code, Due, FeeTag, PapersTag, StateTag } from '../signs.tsx'
import { way } from '../ways.ts'
import { whoWords } from './who.ts'

const COLUMNS = ['due', 'what', 'state', 'papers', 'fee', 'channel'] as const

interface Props {
  lines: readonly Line[]
  /** The officer works for several units: each line says for which. */
  several: boolean
}

export function Queue({ lines, several }: Props) {
  const table = useRef<HTMLTableElement>(null)
  useWalk(table)
  const now = Date.now()
  return (
    <div class="frame">
      <table class="table table--fold table--walk" role="table" ref={table}>
        <caption class="unseen">{say('inbox.caption')}</caption>
        <thead role="rowgroup">
          <tr role="row">
            {COLUMNS.map((column) => (
              <th key={column} scope="col" role="columnheader" class={column === 'channel' ? 'table__wide' : undefined}>
                {say(`col.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {lines.map((line) => (
            <Row key={line.code} line={line} several={several} now={now} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** It stays at the end of a line, never at the beginning of one. */
const DOT = '\u00A0· '

function Row({ line, several, now }: { line: Line; several: boolean; now: number }) {
  return (
    <tr role="row">
      <td role="cell" class="table__due">
        <Due dossier={line} now={now} />
      </td>
      <th scope="row" role="rowheader">
        <a class="table__link" href={way.dossier(line.code)}>
          <span class="table__name">{line.procedure_title}</span>
          <span class="table__sub">
            {whoWords(line)}
            {DOT}
            <span class="table__part">
              <Code code={line.code} />
            </span>
            <span class="table__tight">
              {DOT}
              <span class="table__part">{say(`channel.${line.channel}`)}</span>
            </span>
            {several && (
              <>
                {DOT}
                <span class="table__part">{line.unit_name}</span>
              </>
            )}
          </span>
        </a>
      </th>
      <td role="cell">
        <StateTag state={line.state} />
      </td>
      <td role="cell">
        <PapersTag papers={line.papers} held={line.held} />
      </td>
      <td role="cell">
        <FeeTag fee={line.obligation} brief />
      </td>
      <td role="cell" class="table__wide">
        <ChannelWords channel={line.channel} />
      </td>
    </tr>
  )
}
