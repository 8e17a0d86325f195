/** What the citizen declared (người dân khai), label and value; each can be asked to be mended. */
import type { Definition } from '../../form/definition.ts'
import { questionName } from '../../form/question-name.ts'
import { today } from '../../form/today.ts'
import { useLoad } from '../../parts/desk/load.ts'
import { spoken } from '../../parts/desk/spoken.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import '../../parts/facts/answer.css'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Plain } from '../../parts/said/said.ts'
import { Words } from '../../parts/said/words.tsx'
import { say as sayDesk } from '../../words/desk.ts'
import { say } from '../../words/officer.ts'
import type { Full, Person } from '../shapes.ts'
import { DETAILS, detailSaid, earlierOf, nearlyTold, toldOf } from './told.ts'

interface Props {
  full: Full
  /** Null while it comes or when it cannot come. */
  definition: Definition | null
  failed: boolean
  ask: ((field: string) => void) | null
}

export function Answers({ full, definition, failed, ask }: Props) {
  return (
    <section class="card stack--tight dossier__answers" aria-labelledby="khai">
      <div class="card__head">
        <h2 id="khai">{say('said.title')}</h2>
        <Tag tone="plain" icon="people" words={full.submitter === null ? say('said.self') : say('said.for', { owner: full.owner.name ?? '' })} />
      </div>
      {full.helped !== null && (
        <p class="note note--wait small">
          <Icon of="people" />
          <span class="note__body">
            {say('said.helped', { count: full.helped.dossiers, days: full.helped.days })} {say('said.helped.more')}
          </span>
        </p>
      )}
      {full.applicants.length > 0 && <Applicants full={full} />}
      {definition !== null && <Declared full={full} definition={definition} ask={ask} />}
      {failed && <Bare full={full} />}
    </section>
  )
}

/** Two apply together: who they are, each by their role. */
function Applicants({ full }: { full: Full }) {
  return (
    <dl class="rows">
      {full.applicants.map(({ role, name, personal_number: number }) => (
        <div key={role} class="answer">
          <dt>{role}</dt>
          <dd class="answer__said" lang="vi">
            {[name, number].filter(Boolean).join(' · ')}
          </dd>
        </div>
      ))}
    </dl>
  )
}

const plainWords = (): Plain => ({ yes: say('said.yes'), no: say('said.no'), blank: say('said.blank') })

function Declared({ full, definition, ask }: { full: Full; definition: Definition; ask: Props['ask'] }) {
  const earlier = earlierOf(definition, full, today(), plainWords())
  return (
    <dl class="rows">
      {toldOf(definition, full, today(), plainWords()).map(({ id, label, words, rows, derived, lang }) => (
        <div key={id} class="answer">
          <dt>{label}</dt>
          <dd class="answer__said" lang={lang}>
            <Words words={words} rows={rows} />
            {earlier.has(id) && <span class="table__sub">{sayDesk('said.before', { words: earlier.get(id) ?? '' })}</span>}
          </dd>
          {ask !== null && !derived && (
            <dd class="answer__edit">
              <button class="link small" type="button" aria-label={say('said.ask.of', { label: questionName(definition, id) ?? label })} onClick={() => ask(id)}>
                {say('said.ask')}
              </button>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

/** Without the form it was filed on: the people, and the answers by the words of today's form, or by codes. */
function Bare({ full }: { full: Full }) {
  const { load } = useLoad<Definition>(spoken(`/api/v1/procedures/${full.procedure}?${new URLSearchParams({ unit: full.unit }).toString()}`))
  return (
    <div class="stack--tight">
      <p class="note note--wait small">
        <Icon of="alert" />
        <span class="note__body">{say('said.unknown')}</span>
      </p>
      <People title={say('said.owner')} person={full.owner} />
      {full.submitter !== null && <People title={say('said.submitter')} person={full.submitter} />}
      <dl class="rows">
        {nearlyTold(load.is === 'there' ? load.body : null, full, plainWords()).map(({ id, label, words, rows }) => (
          <div key={id} class="answer">
            <dt>{label ?? sayDesk('code', { id })}</dt>
            <dd class="answer__said">
              <Words words={words} rows={rows} />
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

function People({ title, person }: { title: string; person: Person }) {
  const told = DETAILS.filter((detail) => Boolean(person[detail]))
  return (
    <div class="said">
      <h3 class="said__title">{title}</h3>
      <dl class="rows">
        {told.map((detail) => (
          <div key={detail} class="answer">
            <dt>{say(`detail.${detail}`)}</dt>
            <dd class="answer__said">{detailSaid(person, detail)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
