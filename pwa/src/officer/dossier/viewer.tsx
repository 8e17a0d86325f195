/** The picture viewer: zoom, turn, previous and next, by buttons and by keys. */
import { useEffect, useRef, useState } from 'preact/hooks'

import { useKeys, useKeysOn } from '../../parts/desk/keys.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import '../../parts/view/view.css'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { stepped, type PageOfPaper } from './pages.ts'
import type { Picture, Pictures } from './pictures.ts'

const LARGEST = 4
const STEP = 0.5

interface Props {
  pages: readonly PageOfPaper[]
  at: number
  show: (at: number) => void
  pictures: Pictures
  /** Ask the citizen to complete the shown paper; absent where nothing can be asked. */
  ask: ((paper: string) => void) | null
}

export const pageName = ({ name, page, pages }: PageOfPaper): string =>
  pages === 1 ? name : `${name}, ${lower(say('paper.page', { page, pages }))}`

const lower = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1)

export function Viewer({ pages, at, show, pictures, ask }: Props) {
  const [zoom, setZoom] = useState(1)
  const [turn, setTurn] = useState(0)
  const [on] = useKeysOn()
  const page = pages[at]

  useEffect(() => {
    setZoom(1)
    setTurn(0)
    if (page === undefined) return
    pictures.want(page)
    const after = pages[at + 1]
    if (after !== undefined) pictures.want(after)
  }, [page?.file.view_urls[page.leaf]])

  const turnOver = (by: 1 | -1): void => show(stepped(at, by, pages.length))
  const larger = (): void => setZoom((now) => Math.min(now + STEP, LARGEST))
  const smaller = (): void => setZoom((now) => Math.max(now - STEP, 1))
  const left = (): void => setTurn((now) => (now + 270) % 360)
  useKeys(
    {
      '+': larger,
      '=': larger,
      '-': smaller,
      r: left,
      ...(zoom === 1 && { ArrowLeft: () => turnOver(-1), ArrowRight: () => turnOver(1) }),
    },
    on,
  )
  if (page === undefined) return null
  const name = pageName(page)
  const picture = pictures.of(page)
  return (
    <section class="view" aria-label={say('view.title')}>
      <div class="view__bar">
        <p class="view__name" aria-live="polite">
          <b>{page.name}</b>
          {page.pages > 1 && <span class="view__page num">{say('paper.page', { page: page.page, pages: page.pages })}</span>}
        </p>
        <span class="view__tools">
          <Tool icon="zoomOut" words={say('view.smaller')} act={smaller} off={zoom === 1} />
          <Tool icon="zoomIn" words={say('view.larger')} act={larger} off={zoom === LARGEST} />
          <Tool icon="turn" words={say('view.turn')} act={left} />
          <Tool icon="back" words={say('view.before')} act={() => turnOver(-1)} off={at === 0} />
          <Tool icon="next" words={say('view.after')} act={() => turnOver(1)} off={at === pages.length - 1} />
        </span>
      </div>
      <Stage picture={picture} name={name} zoom={zoom} turn={turn} retry={() => pictures.retry(page)} />
      <Foot page={page} ask={ask} />
    </section>
  )
}

interface ToolProps {
  icon: Shape
  words: string
  act: () => void
  off?: boolean
}

/** At its end a tool stays where it is and says that it rests, so that the focus is not lost. */
function Tool({ icon, words, act, off = false }: ToolProps) {
  return (
    <button class="view__tool" type="button" aria-label={words} title={words} aria-disabled={off} onClick={act}>
      <Icon of={icon} />
    </button>
  )
}

interface StageProps {
  picture: Picture
  name: string
  zoom: number
  turn: number
  retry: () => void
}

function Stage({ picture, name, zoom, turn, retry }: StageProps) {
  const stage = useRef<HTMLDivElement>(null)
  if (picture.is === 'coming')
    return (
      <div class="view__stage">
        <p role="status">{say('view.coming')}</p>
      </div>
    )
  if (picture.is === 'broken')
    return (
      <div class="view__stage" role="alert">
        <Icon of="alert" size="l" />
        <p>{say('view.broken')}</p>
        <button class="btn btn--fit" type="button" onClick={retry}>
          <Icon of="again" />
          {say('view.again')}
        </button>
      </div>
    )
  const { url, width, height } = picture
  const [wide, high] = turn % 180 === 0 ? [width, height] : [height, width]
  return (
    <div class="view__stage" ref={stage} tabindex={0} role="group" aria-label={say('view.stage')}>
      <svg
        class={zoom === 1 ? 'view__picture view__picture--whole' : 'view__picture'}
        viewBox={`0 0 ${wide} ${high}`}
        width={zoom === 1 ? undefined : `${zoom * 100}%`}
        role="img"
        aria-label={say('view.picture', { name })}
      >
        <g transform={`translate(${wide / 2} ${high / 2}) rotate(${turn}) translate(${-width / 2} ${-height / 2})`}>
          <image href={url} width={width} height={height} />
        </g>
      </svg>
    </div>
  )
}

function Foot({ page: { file }, ask }: { page: PageOfPaper; ask: Props['ask'] }) {
  return (
    <div class="view__bar view__bar--foot">
      <p class="view__facts small">
        <a class="view__link" href={new URL(file.original_url, location.href).pathname} download>
          {say('view.original', { size: format.size(file.size) })}
        </a>
        <span class="view__same">
          {say('view.mark')} <span class="mono">{format.mark(file.sha256)}</span>, {say('view.same')}
        </span>
      </p>
      {ask !== null && (
        <button class="view__ask" type="button" onClick={() => ask(file.paper)}>
          <Icon of="pen" />
          {say('paper.ask')}
        </button>
      )}
    </div>
  )
}
