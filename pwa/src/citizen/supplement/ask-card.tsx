/** What the ward asks to add: its words, by when, and what becomes of the clock meanwhile. */
import type { Supplement } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { isUnsent } from '../../drafts/supplement.ts'
import type { Definition } from '../../form/definition.ts'
import { paperName } from '../../form/paper-name.ts'
import { questionName } from '../../form/question-name.ts'
import '../../parts/ask/ask.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { way } from '../ways.ts'
import { clockWords } from './clock.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  asked: Supplement
}

/** What a flagged item is called: its paper, or its question. */
export function itemName(definition: Definition, item: Supplement['items'][number]): string {
  const paper = definition.papers.find(({ id }) => id === item.paper)
  if (paper !== undefined) return paperName(paper.name).short
  return questionName(definition, item.field) ?? say('ask.other')
}

export function AskCard({ dossier, definition, asked }: Props) {
  const { items, until, by } = asked
  const clock = dossier.status === null ? null : clockWords(dossier.status, false)
  return (
    <section class="ask">
      <div class="ask__head">
        <Icon of="alert" />
        <h2>{by === 'system' ? say('ask.retake') : say('ask.title', { count: items.length })}</h2>
      </div>
      <div class="ask__body stack">
        {items.map((item) => (
          <div key={item.paper ?? item.field ?? item.words} class="stack--tight">
            <p>
              <b>{itemName(definition, item)}</b>
            </p>
            <blockquote class="quote">
              <p>“{item.words}”</p>
            </blockquote>
          </div>
        ))}
        {until && (
          <p>
            <Rich text={say('ask.until', { moment: format.moment(until) })} /> {clock !== null && say(clock)}
          </p>
        )}
        {isUnsent(dossier) && (
          <p class="tag tag--wait">
            <Icon of="phone" />
            {sayBeside('ask.unsent')}
          </p>
        )}
        <a class="btn btn--main" href={way.supplement(dossier.id)}>
          <Icon of="camera" />
          {say('ask.do')}
        </a>
      </div>
    </section>
  )
}
