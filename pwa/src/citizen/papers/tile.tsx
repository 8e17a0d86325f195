/** One page of a paper: its picture, how far it is, and what can be done with it. */
import type { FileCheck } from '../../api/schema.ts'
import { checkOf } from '../../drafts/checked.ts'
import type { Page as Shot } from '../../drafts/dossier.ts'
import type { FileState, Sending } from '../../drafts/sending.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import '../../parts/meter/meter.css'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { PhotoButtons } from './photo-buttons.tsx'
import { Picture, useSeen } from './picture.tsx'

export interface Acts {
  take: (list: readonly File[], instead: string | null) => Promise<void>
  turn: (shot: Shot) => void
  move: (shot: Shot, by: -1 | 1) => void
  remove: (shot: Shot) => void
  accept: (shot: Shot) => void
}

interface Props {
  dossier: string
  paper: string
  shot: Shot
  /** Counted from 1, and of how many. */
  number: number
  all: number
  turning: boolean
  /** How far the sending of these pages is, and why it stopped. */
  sending: Pick<Sending, 'files' | 'stop'>
  checks: readonly FileCheck[]
  opening: () => Promise<unknown>
  closed: () => void
  acts: Acts
}

export type Deed = 'len' | 'xuong' | 'xoay' | 'xoa' | 'chup'

/** The button for one deed at one page, so that the focus can follow a page that moves. */
export const buttonOf = (paper: string, deed: Deed, number: number): string => `${paper}-${deed}-${number}`

export function Tile(props: Props) {
  const { dossier, paper, shot, number, all, turning, sending, checks, opening, closed, acts } = props
  const state: FileState | undefined = sending.files[shot.sha256]
  const known = checks.find(({ sha256 }) => sha256 === shot.sha256)
  const check = checkOf(sending.files, checks, shot.sha256)
  const wrong = check === 'unreadable' ? 'unreadable' : sending.stop?.file === shot.sha256 ? 'refused' : null
  const have = known === undefined ? (state?.have ?? null) : shot.size
  const seen = useSeen(dossier, shot, have === shot.size)
  const safe = have === shot.size && check !== 'unreadable'
  const hint = wrong !== null ? null : (shot.hint ?? null)
  const button = { paper, number }
  return (
    <li class={hint === null ? (safe ? 'shot shot--safe' : 'shot') : 'shot shot--hint'}>
      <Picture seen={seen} shot={shot} />
      <div class="shot__text">
        <p>
          <b>{say('photo.page', { number })}</b>
        </p>
        {turning ? <Turning /> : <Progress shot={shot} have={have} wrong={wrong} number={number} />}
      </div>
      {hint !== null && (
        <p class="shot__hint" role="status">
          <Icon of="info" />
          <span>{say(`photo.${hint}`)}</span>
        </p>
      )}
      <div class="shot__acts">
        <PhotoButtons id={buttonOf(paper, 'chup', number)} again={number} opening={opening} closed={closed} take={(list) => acts.take(list, shot.sha256)} />
        {hint !== null && (
          <button class="btn" type="button" onClick={() => acts.accept(shot)}>
            {say('photo.use')}
            <span class="unseen"> {say('photo.page', { number })}</span>
          </button>
        )}
        {seen.here && <Deed {...button} deed="xoay" icon="turn" words={say('photo.turn')} act={() => acts.turn(shot)} />}
      </div>
      <div class="shot__acts">
        {number > 1 && <Deed {...button} deed="len" icon="up" words={say('photo.up')} act={() => acts.move(shot, -1)} />}
        {number < all && <Deed {...button} deed="xuong" icon="down" words={say('photo.down')} act={() => acts.move(shot, 1)} />}
        <Deed {...button} deed="xoa" icon="bin" words={say('photo.remove')} act={() => acts.remove(shot)} />
      </div>
    </li>
  )
}

interface DeedProps {
  paper: string
  deed: Deed
  number: number
  icon: Shape
  words: string
  act: () => void
}

function Deed({ paper, deed, number, icon, words, act }: DeedProps) {
  return (
    <button class={deed === 'xoay' ? 'btn' : 'btn btn--plain'} type="button" id={buttonOf(paper, deed, number)} onClick={act}>
      <Icon of={icon} />
      {words}
      <span class="unseen"> {say('photo.page', { number })}</span>
    </button>
  )
}

function Turning() {
  return (
    <p class="tag" role="status">
      <Icon of="hourglass" />
      {say('photo.turning')}
    </p>
  )
}

interface ProgressProps {
  shot: Shot
  have: number | null
  wrong: 'unreadable' | 'refused' | null
  number: number
}

function Progress({ shot, have, wrong, number }: ProgressProps) {
  if (wrong !== null)
    return (
      <p class="tag tag--late" role="alert">
        <Icon of="alert" />
        {say(`photo.${wrong}`)}
      </p>
    )
  if (have === shot.size)
    return (
      <>
        <p class="tag tag--safe">
          <Icon of="safe" />
          {say('photo.safe')}
        </p>
        <p class="small quiet">{say('photo.whole', { size: format.size(shot.size) })}</p>
      </>
    )
  if (have === null || have === 0)
    return (
      <>
        <p class="tag tag--wait">
          <Icon of="phone" />
          {say('photo.here')}
        </p>
        <p class="small quiet">{format.size(shot.size)}</p>
      </>
    )
  const percent = Math.floor((have / shot.size) * 100)
  return (
    <>
      <p class="tag tag--way">
        <Icon of="way" />
        {say('photo.sending', { percent })}
      </p>
      <progress class="meter" max={100} value={percent} aria-label={say('photo.sent', { number, percent })}>
        {percent} %
      </progress>
    </>
  )
}
