/** The rest of what stands before the first question: what to bring, who comes, the law. */
import type { ComponentChildren } from 'preact'

import type { Definition, Exemption, Paper } from '../../form/definition.ts'
import '../../parts/fee/fee.css'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/icon/more.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/next.ts'
import { spokenName } from '../spoken-name.ts'
import { doubtful } from './facts.tsx'

export interface MoreProps {
  definition: Definition
  /** Only what must be known before beginning. */
  first?: boolean
}

export function More({ definition, first = false }: MoreProps) {
  if (first) return <Notice definition={definition} />
  return (
    <>
      <Papers definition={definition} />
      <Course definition={definition} />
      <Folded definition={definition} />
    </>
  )
}

/** It cannot be filed at all, or not from here. */
function Notice({ definition: { fileable, why_not, portal_only } }: { definition: Definition }) {
  return (
    <div class="note note--wait">
      <Icon of="alert" />
      {fileable ? (
        <p class="note__body">
          <b>{say('start.portal')}</b> {portal_only} {say('start.portal.more')}
        </p>
      ) : (
        <p class="note__body">
          <b>{say('start.notFileable')}</b> {why_not}
        </p>
      )}
    </div>
  )
}

/** What must be at hand; the form itself is made from the answers. */
function Papers({ definition }: { definition: Definition }) {
  const needed = definition.papers.filter((paper) => paper.kind !== 'form')
  if (needed.length === 0) return null
  return (
    <section class="stack--tight">
      <h2>{say('start.need')}</h2>
      <ul class="rows card card--rows">
        {needed.map((paper) => (
          <Needed key={paper.id} paper={paper} doubt={doubtful(definition, `papers.${paper.id}`)} />
        ))}
      </ul>
    </section>
  )
}

function Needed({ paper, doubt }: { paper: Paper; doubt: boolean }) {
  const { short, rest } = spokenName(paper.name)
  const upload = paper.kind === 'upload'
  const remarks = [
    paper.required === 'when' && paper.needed_if ? say('start.need.when', { words: paper.needed_if }) : null,
    paper.required === 'optional' && upload ? say('start.need.optional') : null,
    paper.in_person_only ? say('start.need.inPerson') : null,
    paper.unless ? say('paper.unless', { words: paper.unless }) : null,
    paper.hint ?? null,
    rest,
    doubt ? `${say('start.doubt')}.` : null,
  ]
  return (
    <li class="row row--top">
      <Icon of={upload ? 'camera' : 'card'} />
      <span class="row__text">
        <b>{short}</b>
        {paper.any_of && (
          <ul class="bullets">
            {paper.any_of.map((one) => (
              <li key={one.name}>{one.name}</li>
            ))}
          </ul>
        )}
        <span class="small quiet">{remarks.filter((one) => one !== null).join(' ')}</span>
      </span>
    </li>
  )
}

/** What happens after sending, as far as it is not the usual: who comes, what may take longer. */
function Course({ definition }: { definition: Definition }) {
  const lines = course(definition)
  if (lines.length === 0) return null
  return (
    <section class="stack--tight">
      <h2>{say('more.course')}</h2>
      <ul class="rows card card--rows">
        {lines.map(({ icon, head, text }) => (
          <li key={head + text} class="row row--top">
            <Icon of={icon} />
            <span class="row__text">
              <b>{head}</b>
              <span class="small quiet">{text}</span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface Line {
  icon: 'people' | 'calendar' | 'paper' | 'money'
  head: string
  text: string
}

function course(definition: Definition): Line[] {
  const { presence = [], draft_confirmation: draft, public_posting: posting, result } = definition
  const lines: Line[] = presence.map(({ who, step, text }) => ({
    icon: 'people',
    head: `${say(`more.who.${who}`)} ${say(`more.step.${step}`)}`,
    text,
  }))
  if (draft !== undefined)
    lines.push({ icon: 'paper', head: say('more.draft', { days: draft.days }), text: draft.text })
  if (posting !== undefined)
    lines.push({ icon: 'paper', head: say('more.posting', dayCount(posting)), text: posting.text })
  if (result.notice === true)
    lines.push({ icon: 'paper', head: say('more.notice'), text: result.name })
  return [...lines, ...times(definition), ...counterPrices(definition)]
}

/** What costs another amount at the counter than online. */
function counterPrices({ fee }: Definition): Line[] {
  return (fee?.items ?? []).flatMap(({ name, counter_amount: amount }) =>
    amount === undefined
      ? []
      : [{ icon: 'money', head: say('more.atCounter', { amount: format.money(amount) }), text: name }],
  )
}

/** What is to know of the time beside the usual one. */
function times({ deadline }: Definition): Line[] {
  if (deadline === null) return []
  const { verification: check, committed_days: days } = deadline
  const lines: Line[] = []
  if (days !== undefined)
    lines.push({
      icon: 'calendar',
      head: days === 0 ? say('more.committed.sameDay') : say('more.committed', { days }),
      text: deadline.text,
    })
  if (check !== undefined) {
    const { unit, reason = say('more.verify') } = check
    const head =
      check.days === undefined
        ? say('more.longer.total', { reason, ...dayCount({ days: check.total_days ?? 0, unit }) })
        : say('more.longer', { reason, ...dayCount({ days: check.days, unit }) })
    lines.push({ icon: 'calendar', head, text: check.text })
  }
  return lines
}

/** `5 ngày làm việc`, or plain days. */
const dayCount = ({ days, unit }: { days: number; unit: string }): { days: string } => ({
  days: say(unit === 'days' ? 'more.days' : 'more.workingDays', { days }),
})

function Folded({ definition }: { definition: Definition }) {
  const { fee, law, deadline, who, unverified } = definition
  return (
    <div>
      {fee !== null && fee.exemptions.length > 0 && (
        <Fold title={say('more.exempt')}>
          <ul class="bullets">
            {(fee.exempt ?? fee.exemptions.map((words) => ({ id: words, words }))).map((one) => (
              <Exempt key={one.id} exemption={one} doubt={doubtful(definition, `fee.exemptions.${one.id}`)} />
            ))}
          </ul>
          <p class="small quiet">{fee.note ?? say('more.exempt.more')}</p>
        </Fold>
      )}
      {who !== null && (
        <Fold title={say('more.who')}>
          <p>{who}</p>
        </Fold>
      )}
      <Fold title={say('more.law')}>
        <ul class="bullets small">
          {law.map(({ id, title }) => (
            <li key={id}>{title.includes(id) ? title : `${title} (${id})`}</li>
          ))}
          {(fee?.items ?? []).map(({ id, name, law: basis }) => basis !== null && <li key={id}>{`${name}: ${basis}`}</li>)}
        </ul>
        {deadline !== null && <p class="small">{deadline.text}</p>}
        {(deadline?.cases ?? []).map(({ text }) => (
          <p key={text} class="small">
            {text}
          </p>
        ))}
        {unverified.length > 0 && (
          <>
            <h3>{say('more.unverified')}</h3>
            <ul class="bullets small quiet">
              {unverified.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </>
        )}
      </Fold>
    </div>
  )
}

/** Who pays nothing, and what to show for it. */
function Exempt({ exemption: { words, evidence, law }, doubt }: { exemption: Exemption; doubt: boolean }) {
  return (
    <li>
      {words}
      {evidence !== undefined && (
        <span class="facts__more">{say('more.exempt.evidence', { paper: evidence })}</span>
      )}
      {law !== undefined && <span class="facts__more">{law}</span>}
      {doubt && <span class="facts__more">{say('start.doubt')}</span>}
    </li>
  )
}

function Fold({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <details class="more">
      <summary>
        <Icon of="next" />
        {title}
      </summary>
      <div class="more__body stack--tight">{children}</div>
    </details>
  )
}
