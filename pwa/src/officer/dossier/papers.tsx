/** The papers of a dossier, page by page; what is still missing stands there too. */
import type { Definition } from '../../form/definition.ts'
import { papersWanted } from '../../form/pages.ts'
import { paperName } from '../../form/paper-name.ts'
import { today } from '../../form/today.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/officer.ts'
import type { Full } from '../shapes.ts'
import { spansOf, type PageOfPaper, type Span } from './pages.ts'
import type { Pictures } from './pictures.ts'
import { valuesOf } from './told.ts'

const CHECK = {
  ok: { tone: 'safe', icon: 'check' },
  pending: { tone: 'way', icon: 'hourglass' },
  unreadable: { tone: 'late', icon: 'alert' },
} as const

interface Props {
  full: Full
  definition: Definition | null
  pages: readonly PageOfPaper[]
  at: number
  show: (at: number) => void
  pictures: Pictures
}

/** Required papers without a page, by the rules that the citizen's form had. */
function missing(full: Full, definition: Definition | null): { id: string; name: string }[] {
  if (definition === null) return []
  const given = new Set(full.files.map((file) => file.paper))
  return papersWanted(definition, valuesOf(definition, full), today())
    .filter(({ paper, required }) => required && !given.has(paper.id))
    .map(({ paper }) => ({ id: paper.id, name: paperName(paper.name).short }))
}

/** Which pages of its paper a file holds, where the paper has several. */
function spanWords({ first, last, pages }: Span): string | null {
  if (pages === 1) return null
  if (first === last) return say('paper.page', { page: first, pages })
  return last - first + 1 === pages ? say('paper.pages', { pages }) : say('paper.span', { first, last, pages })
}

export function Papers({ full, definition, pages, at, show, pictures }: Props) {
  const absent = missing(full, definition)
  return (
    <section class="card stack--tight dossier__papers" aria-labelledby="giay">
      <h2 id="giay">{full.papers.need === 0 && pages.length === 0 ? say('paper.title.none') : say('paper.title', { ...full.papers })}</h2>
      {pages.length === 0 && absent.length === 0 && <p class="quiet small">{say('paper.none')}</p>}
      <ul class="rows">
        {spansOf(full.files).map((span) => (
          <Given
            key={`${span.file.paper} ${span.first}`}
            span={span}
            here={pages[at]?.file === span.file}
            show={() => show(span.at)}
            whole={span.first === 1 ? wholeOf(full, span) : null}
            pictures={pictures}
          />
        ))}
        {absent.map((paper) => (
          <li key={paper.id} class="row">
            <span class="row__text">
              <b>{paper.name}</b>
              <Tag tone="late" icon="alert" words={say('paper.missing')} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface GivenProps {
  span: Span
  here: boolean
  show: () => void
  /** Where all of the paper is one PDF; beside its first file only. */
  whole: string | null
  pictures: Pictures
}

/** Only the path: the page asks its own server, whatever name the link was made with. */
function wholeOf({ paper_pdfs }: Full, { file }: Span): string | null {
  const found = paper_pdfs.find(({ paper }) => paper === file.paper)
  return found === undefined ? null : new URL(found.url, location.href).pathname
}

function Given({ span, here, show, whole, pictures }: GivenProps) {
  const { file, name } = span
  const words = spanWords(span)
  return (
    <li class={here ? 'row row--here' : 'row'}>
      <button
        class={here ? 'thumb thumb--here' : 'thumb'}
        type="button"
        aria-label={say('paper.look', { name: words === null ? name : `${name}, ${words}` })}
        aria-pressed={here}
        onClick={show}
      >
        <Thumb span={span} pictures={pictures} />
      </button>
      <span class="row__text">
        <b>{name}</b>
        {words !== null && <span class="row__sub small quiet num">{words}</span>}
        <Tag {...CHECK[file.check]} words={say(`paper.${file.check}`)} />
        {whole !== null && (
          <span class="row__sub">
            <a class="link small" href={whole} download>
              {say('paper.pdf')}
              <span class="unseen"> {name}</span>
            </a>
          </span>
        )}
      </span>
    </li>
  )
}

/** A file that was looked at shows itself small; the others a sign. */
function Thumb({ span: { file }, pictures }: { span: Span; pictures: Pictures }) {
  const picture = pictures.of({ file, leaf: 0 })
  if (picture.is !== 'there') return <Icon of={file.check === 'unreadable' ? 'alert' : 'image'} />
  return (
    <svg viewBox="0 0 56 72" preserveAspectRatio="xMidYMid slice" aria-hidden="true">
      <image href={picture.url} width="56" height="72" preserveAspectRatio="xMidYMid slice" />
    </svg>
  )
}
