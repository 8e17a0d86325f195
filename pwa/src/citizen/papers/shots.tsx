/** The tiles of a paper's pages: empty, being made small, on the way, kept, broken. */
import { useState } from 'preact/hooks'

import type { FileCheck } from '../../api/schema.ts'
import type { Page as Shot } from '../../drafts/dossier.ts'
import { takeIn, turned } from '../../drafts/photos.ts'
import type { Sending } from '../../drafts/sending.ts'
import type { Paper } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/shot/shot.css'
import { Undo } from '../../parts/toast/toast.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { accepted, moved, placed, placeOf, withBack, without } from './order.ts'
import { PhotoButtons } from './photo-buttons.tsx'
import { buttonOf, Tile, type Acts, type Deed } from './tile.tsx'

interface Props {
  dossier: string
  paper: Paper
  shots: readonly Shot[]
  /** How far the sending of these pages is, and why it stopped. */
  sending: Pick<Sending, 'files' | 'stop'>
  checks: readonly FileCheck[]
  /** The camera is about to open: everything must be kept first. */
  opening: () => Promise<unknown>
  closed: () => void
  change: (how: (shots: readonly Shot[]) => Shot[]) => Promise<void>
}

/** Photos that are being made small right now, whichever paper they are of. */
const atWork = new Set<Promise<void>>()

/** Wait until every photo that was chosen lies with its paper: nobody goes on without it. */
export async function allTaken(): Promise<void> {
  await Promise.all(atWork)
}

async function working(work: Promise<void>): Promise<void> {
  atWork.add(work)
  await work.finally(() => atWork.delete(work))
}

/** What can be done with the pages that are there; the focus goes with a page that moves. */
function useActs({ dossier, paper, shots, change }: Props) {
  const [removed, setRemoved] = useState<{ shot: Shot; index: number } | null>(null)
  const [turning, setTurning] = useState<string | null>(null)
  const [unturned, setUnturned] = useState(false)
  const [at, setAt] = useState<number | null>(null)

  /** The first of these buttons that there is now takes the focus. */
  function focus(number: number, ...deeds: Deed[]): void {
    requestAnimationFrame(() => {
      const ids = [...deeds.map((deed) => buttonOf(paper.id, deed, number)), 'chup']
      ids.map((id) => document.getElementById(id)).find((button) => button !== null)?.focus()
    })
  }

  async function turn(shot: Shot): Promise<void> {
    if (turning !== null) return
    setTurning(shot.sha256)
    const made = await turned(dossier, shot).catch(() => null)
    if (made !== null) await change((now) => placed(now, made, shot.sha256)).catch(() => undefined)
    setTurning(null)
    setUnturned(made === null)
    focus(shots.indexOf(shot) + 1, 'xoay')
  }

  async function move(shot: Shot, by: -1 | 1): Promise<void> {
    const number = shots.indexOf(shot) + 1 + by
    await change((now) => moved(now, shot.sha256, by)).catch(() => undefined)
    setAt(number)
    focus(number, ...(by < 0 ? (['len', 'xuong'] as const) : (['xuong', 'len'] as const)))
  }

  function remove(shot: Shot): void {
    const index = shots.indexOf(shot)
    setRemoved({ shot, index })
    void change((now) => without(now, shot.sha256)).then(() => focus(index + 1, 'xoa'), () => undefined)
  }

  function takeBack(): void {
    if (removed === null) return
    const { shot, index } = removed
    setRemoved(null)
    void change((now) => withBack(now, shot, index)).then(() => focus(index + 1, 'xoa'), () => undefined)
  }

  return {
    removed,
    turning,
    unturned,
    told: at === null ? '' : say('photo.moved', { number: at }),
    takeBack,
    forget: () => setRemoved(null),
    turn: (shot: Shot) => void working(turn(shot)),
    move: (shot: Shot, by: -1 | 1) => void move(shot, by),
    remove,
    accept: (shot: Shot) => void change((now) => accepted(now, shot.sha256)).catch(() => undefined),
  }
}

export function Shots(props: Props) {
  const { dossier, paper, shots, change, closed } = props
  const [shrinking, setShrinking] = useState<readonly number[]>([])
  const [wrong, setWrong] = useState<readonly string[]>([])
  const { removed, turning, unturned, told, takeBack, forget, ...deeds } = useActs(props)
  const room = paper.max_files - shots.length - shrinking.length
  const take: Acts['take'] = (list, instead) => working(takeAll(list, instead))

  async function takeAll(list: readonly File[], instead: string | null): Promise<void> {
    closed()
    const most = instead === null ? room : 1
    const tooMany = say('photo.tooMany', { most: paper.max_files, count: list.length - most })
    setWrong(list.length > most ? [tooMany] : [])
    for (const file of list.slice(0, most)) {
      setShrinking((now) => [...now, file.size])
      // What the device could not keep is told by the page, in the words of its storage.
      const shot = await takeIn(dossier, file).catch(() => null)
      const words = typeof shot === 'string' ? say(`photo.${shot}`) : shot && (await add(shot, instead))
      if (words !== null) setWrong((now) => [...now.filter((one) => one !== words), words])
      setShrinking((now) => now.slice(1))
    }
  }

  /** What is to be told of a new page: that it lies there already. */
  async function add(shot: Shot, instead: string | null): Promise<string | null> {
    let there = 0
    function put(now: readonly Shot[]): Shot[] {
      there = placeOf(now, shot)
      return there === 0 ? placed(now, shot, instead) : [...now]
    }
    await change(put).catch(() => undefined)
    return there === 0 ? null : say('photo.there', { number: there })
  }

  return (
    <div class="stack">
      {wrong.map((words) => (
        <p key={words} class="field__wrong" role="alert">
          <Icon of="alert" />
          <span>{words}</span>
        </p>
      ))}
      {unturned && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          <span>{say('photo.unturned')}</span>
        </p>
      )}
      <ul aria-label={say('photo.list')}>
        {shots.map((shot, index) => (
          <Tile
            key={shot.sha256}
            {...props}
            paper={paper.id}
            shot={shot}
            number={index + 1}
            all={shots.length}
            turning={turning === shot.sha256}
            acts={{ take, ...deeds }}
          />
        ))}
        {shrinking.map((size, index) => (
          <Shrinking key={index} number={shots.length + index + 1} size={size} />
        ))}
        {room > 0 && (
          <li class="shot shot--empty">
            <div class="shot__pic">
              <Icon of="plus" size="l" />
            </div>
            <div class="shot__text">
              <p>
                <b>{say('photo.page', { number: shots.length + shrinking.length + 1 })}</b>
              </p>
              <p class="small quiet">
                {say('review.noPhoto')}. {say('photo.most', { most: paper.max_files })}
              </p>
            </div>
            <div class="shot__acts">
              <PhotoButtons id="chup" many opening={props.opening} closed={closed} take={(list) => take(list, null)} />
            </div>
          </li>
        )}
      </ul>
      {room <= 0 && <p class="small quiet">{say('photo.full', { most: paper.max_files })}</p>}
      <p class="unseen" role="status">
        {told}
      </p>
      {removed !== null && (
        <Undo
          key={removed.shot.sha256}
          words={say('photo.removed', { number: removed.index + 1 })}
          takeBack={takeBack}
          done={forget}
        />
      )}
    </div>
  )
}

function Shrinking({ number, size }: { number: number; size: number }) {
  return (
    <li class="shot">
      <div class="shot__pic">
        <Icon of="image" size="l" />
      </div>
      <div class="shot__text">
        <p>
          <b>{say('photo.page', { number })}</b>
        </p>
        <p class="tag" role="status">
          <Icon of="hourglass" />
          {say('photo.shrinking')}
        </p>
        <p class="small quiet">{format.size(size)}</p>
      </div>
    </li>
  )
}
