/** The tiles of a paper's pages: empty, being made small, on the way, kept, broken. */
import { useEffect, useState } from 'preact/hooks'

import type { FileCheck } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import type { Page as Shot } from '../../drafts/dossier.ts'
import { takeIn, type Refused } from '../../drafts/photos.ts'
import { linkTo } from '../../drafts/status.ts'
import type { FileState } from '../../drafts/sending.ts'
import type { Paper } from '../../form/definition.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/meter/meter.css'
import '../../parts/shot/shot.css'
import { Undo } from '../../parts/toast/toast.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { PhotoButtons } from './photo-buttons.tsx'

interface Props {
  dossier: string
  paper: Paper
  shots: readonly Shot[]
  files: { readonly [sha256: string]: FileState | undefined }
  checks: readonly FileCheck[]
  /** The camera is about to open: everything must be kept first. */
  opening: () => Promise<unknown>
  closed: () => void
  change: (how: (shots: readonly Shot[]) => Shot[]) => Promise<void>
}

/** The list with a new page: instead of another, or at the end; the same photo twice is one. */
function placed(shots: readonly Shot[], shot: Shot, instead: string | null): Shot[] {
  const others = shots.filter(({ sha256 }) => sha256 !== shot.sha256 || sha256 === instead)
  if (instead === null) return [...others, shot]
  return others.map((one) => (one.sha256 === instead ? shot : one))
}

/** Photos that are being made small right now, whichever paper they are of. */
const atWork = new Set<Promise<void>>()

/** Wait until every photo that was chosen lies with its paper: nobody goes on without it. */
export async function allTaken(): Promise<void> {
  await Promise.all(atWork)
}

export function Shots(props: Props) {
  const { dossier, paper, shots, change, closed } = props
  const [working, setWorking] = useState<readonly number[]>([])
  const [refused, setRefused] = useState<Refused | null>(null)
  const [removed, setRemoved] = useState<{ shot: Shot; index: number } | null>(null)
  const room = paper.max_files - shots.length - working.length

  async function take(list: readonly File[], instead: string | null): Promise<void> {
    const work = takeAll(list, instead)
    atWork.add(work)
    await work.finally(() => atWork.delete(work))
  }

  async function takeAll(list: readonly File[], instead: string | null): Promise<void> {
    closed()
    setRefused(null)
    for (const file of list.slice(0, instead === null ? room : 1)) {
      setWorking((now) => [...now, file.size])
      // What the device could not keep is told by the page, in the words of its storage.
      const shot = await takeIn(dossier, file).catch(() => null)
      if (typeof shot === 'string') setRefused(shot)
      else if (shot !== null) await change((now) => placed(now, shot, instead)).catch(() => undefined)
      setWorking((now) => now.slice(1))
    }
  }

  function remove(shot: Shot): void {
    setRemoved({ shot, index: shots.indexOf(shot) })
    void change((now) => now.filter(({ sha256 }) => sha256 !== shot.sha256))
  }

  function takeBack(): void {
    if (removed === null) return
    const { shot, index } = removed
    setRemoved(null)
    void change((now) => [...now.slice(0, index), shot, ...now.slice(index)])
  }

  return (
    <div class="stack">
      {refused !== null && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          <span>{say(`photo.${refused}`)}</span>
        </p>
      )}
      <ul aria-label={say('photo.list')}>
        {shots.map((shot, index) => (
          <Tile key={shot.sha256} {...props} shot={shot} number={index + 1} remove={() => remove(shot)} take={take} />
        ))}
        {working.map((size, index) => (
          <Shrinking key={index} number={shots.length + index + 1} size={size} />
        ))}
        {room > 0 && (
          <li class="shot shot--empty">
            <div class="shot__pic">
              <Icon of="plus" size="l" />
            </div>
            <div class="shot__text">
              <p>
                <b>{say('photo.page', { number: shots.length + working.length + 1 })}</b>
              </p>
              <p class="small quiet">{say('photo.none')}</p>
            </div>
            <div class="shot__acts">
              <PhotoButtons id="chup" many opening={props.opening} closed={closed} take={(list) => take(list, null)} />
            </div>
          </li>
        )}
      </ul>
      {removed !== null && (
        <Undo
          key={removed.shot.sha256}
          words={say('photo.removed', { number: removed.index + 1 })}
          takeBack={takeBack}
          done={() => setRemoved(null)}
        />
      )}
    </div>
  )
}

function Shrinking({ number, size }: { number: number; size: number }) {
  return (
    <li class="shot" role="status">
      <div class="shot__pic">
        <Icon of="image" size="l" />
      </div>
      <div class="shot__text">
        <p>
          <b>{say('photo.page', { number })}</b>
        </p>
        <p class="tag">
          <Icon of="hourglass" />
          {say('photo.shrinking')}
        </p>
        <p class="small quiet">{format.size(size)}</p>
      </div>
    </li>
  )
}

interface TileProps extends Props {
  shot: Shot
  number: number
  remove: () => void
  take: (list: readonly File[], instead: string | null) => Promise<void>
}

function Tile(props: TileProps) {
  const { dossier, shot, number, files, checks, remove, take, opening, closed } = props
  const state = files[shot.sha256]
  const known = checks.find(({ sha256 }) => sha256 === shot.sha256)
  const check = state?.check === 'ok' ? 'ok' : (known?.check ?? null)
  const unreadable = check === 'unreadable'
  const have = known === undefined ? (state?.have ?? null) : shot.size
  const safe = have === shot.size && !unreadable
  return (
    <li class={safe ? 'shot shot--safe' : 'shot'}>
      <Picture dossier={dossier} shot={shot} there={have === shot.size} />
      <div class="shot__text">
        <p>
          <b>{say('photo.page', { number })}</b>
        </p>
        <Progress shot={shot} have={have} unreadable={unreadable} number={number} />
      </div>
      <div class="shot__acts">
        <PhotoButtons id={`chup-${number}`} again={number} opening={opening} closed={closed} take={(list) => take(list, shot.sha256)} />
        <button class="btn btn--plain" type="button" onClick={remove}>
          <Icon of="bin" />
          {say('photo.remove')}
          <span class="unseen"> {say('photo.page', { number })}</span>
        </button>
      </div>
    </li>
  )
}

interface ProgressProps {
  shot: Shot
  have: number | null
  unreadable: boolean
  number: number
}

function Progress({ shot, have, unreadable, number }: ProgressProps) {
  if (unreadable)
    return (
      <p class="tag tag--late">
        <Icon of="alert" />
        {say('photo.unreadable')}
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

/** A page sent before is no longer on this device: the ward shows it to who holds the key. */
async function atTheWard(dossier: string, shot: Shot): Promise<string | null> {
  const own = book.get(dossier)
  const link = own === null ? null : await linkTo(own, shot.sha256)
  return link !== null && 'url' in link ? link.url : null
}

/** The photo itself, small; its address is given back when the tile goes. */
function Picture({ dossier, shot, there }: { dossier: string; shot: Shot; there: boolean }) {
  const [address, setAddress] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  useEffect(() => {
    if (shot.original) return
    let made: string | null = null
    let left = false
    void book.bytes(dossier, shot.sha256).then((kept) => {
      if (left) return
      if (kept === null) return setMissing(true)
      made = URL.createObjectURL(new Blob([kept.bytes], { type: kept.mediaType }))
      setAddress(made)
    })
    return () => {
      left = true
      if (made !== null) URL.revokeObjectURL(made)
    }
  }, [shot.sha256])
  useEffect(() => {
    if (missing && there) void atTheWard(dossier, shot).then(setAddress)
  }, [missing, there])
  return (
    <div class="shot__pic">
      {address === null ? <Icon of={shot.media_type === 'application/pdf' ? 'paper' : 'image'} size="l" /> : <img src={address} alt="" />}
    </div>
  )
}
