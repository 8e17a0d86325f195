/**
 * Reading the identity card (quét thẻ căn cước): by the live camera or from a photo, on one page.
 *
 * All of it happens on this device. What was read is shown first and used only when the person
 * says so; the text of the code is let go at once.
 */
import { useEffect, useRef, useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import { readCard, type Card } from '../../form/card.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/icon/more.ts'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/card.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { PhotoButtons } from '../papers/photo-buttons.tsx'
import { way } from '../ways.ts'
import type { Reader } from './asking.ts'
import { useCamera, type CameraState } from './camera.ts'
import './card.css'
import { Confirm } from './confirm.tsx'
import { openReader } from './reader.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  /** The step to which the card shall help. */
  step: string
}

/** Why nothing was read: no code found, a code of something else, a card that is worn. */
type Unread = 'unread' | 'other' | 'damaged'

const PAUSE = 120
const HELP_AFTER = 12_000

export function CardPage({ dossier, definition, step }: Props) {
  const [card, setCard] = useState<Card | null>(null)
  if (card === null) return <Aim dossier={dossier} step={step} found={setCard} />
  return <Confirm dossier={dossier} definition={definition} step={step} card={card} again={() => setCard(null)} />
}

interface AimProps {
  dossier: Dossier
  step: string
  found: (card: Card) => void
}

function useReader(): { current: Reader | null } {
  const reader = useRef<Reader | null>(null)
  useEffect(() => {
    reader.current = openReader()
    return () => reader.current?.close()
  }, [])
  return reader
}

function Aim({ dossier, step, found }: AimProps) {
  const reader = useReader()
  const [unread, setUnread] = useState<Unread | null>(null)
  const [busy, setBusy] = useState(false)
  const { state, video, lit, light } = useCamera(true)

  /** True when a card was read. */
  function hear(text: string | null): boolean {
    if (text === null) return false
    const reading = readCard(text, today())
    if (reading.is === 'card') found(reading.card)
    else setUnread(reading.is)
    return reading.is === 'card'
  }

  async function takePhoto([file]: readonly File[]): Promise<void> {
    if (file === undefined || reader.current === null) return
    setBusy(true)
    setUnread(null)
    const picture = await createImageBitmap(file).catch(() => null)
    const text = picture === null ? null : await reader.current.read(picture, true)
    setBusy(false)
    if (text === null) setUnread('unread')
    hear(text)
  }

  useFrames(state === 'on', video, reader, hear)
  useEffect(() => {
    if (state !== 'on') return
    const timer = setTimeout(() => setUnread((now) => now ?? 'unread'), HELP_AFTER)
    return () => clearTimeout(timer)
  }, [state])

  return (
    <Page title={say('card.scan')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('card.scan')}</h1>
          <p>{say('card.aim')}</p>
        </div>
        <div class="stack">
          {(state === 'on' || state === 'asking') && (
            <div class="scan">
              {state === 'on' && <video ref={video} class="scan__picture" muted playsInline aria-label={say('card.live')} />}
              <span class="scan__frame" aria-hidden="true" />
            </div>
          )}
          <CameraWords state={state} />
          {lit !== null && (
            <button class="btn" type="button" aria-pressed={lit} onClick={light}>
              {say(lit ? 'card.dark' : 'card.light')}
            </button>
          )}
          {unread !== null && (
            <p class="field__wrong" role="alert">
              <Icon of="alert" />
              <span>{say(`card.${unread}`)}</span>
            </p>
          )}
        </div>
        <section class="stack--tight" aria-labelledby="anh-the">
          <h2 id="anh-the">{say('card.photo')}</h2>
          {busy && (
            <p class="tag" role="status">
              <Icon of="hourglass" />
              {say('card.busy')}
            </p>
          )}
          <PhotoButtons id="chup-the" opening={async () => undefined} closed={() => undefined} take={takePhoto} />
        </section>
        <div class="stack--tight">
          <a class="btn btn--plain" href={way.step(dossier.id, step)}>
            {say('card.hand')}
          </a>
          <p class="small quiet">{say('card.here')}</p>
        </div>
      </div>
    </Page>
  )
}

/** Look at one frame after the other while the camera is on, until a card is read. */
function useFrames(
  on: boolean,
  video: { current: HTMLVideoElement | null },
  reader: { current: Reader | null },
  hear: (text: string | null) => boolean,
): void {
  useEffect(() => {
    if (!on) return
    let left = false
    async function look(): Promise<void> {
      const seen = video.current
      const ready = seen !== null && seen.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
      const picture = ready ? await createImageBitmap(seen).catch(() => null) : null
      const text = picture === null || reader.current === null ? null : await reader.current.read(picture, false)
      if (!left && !hear(text)) setTimeout(() => void look(), PAUSE)
    }
    void look()
    return () => {
      left = true
    }
  }, [on])
}

function CameraWords({ state }: { state: CameraState }) {
  if (state === 'on') return null
  if (state === 'asking' || state === 'slow')
    return (
      <p class="quiet" role="status">
        {say(state === 'asking' ? 'camera.asking' : 'camera.slow')}
      </p>
    )
  return (
    <div class="note note--wait" role="status">
      <Icon of="camera" />
      <p class="note__body">{say(`camera.${state}`)}</p>
    </div>
  )
}
