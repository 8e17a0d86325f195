/** Aiming the camera at a QR code, or taking a photo of it; what was read is judged by who asks. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import '../../parts/icon/more.ts'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/card.ts'
import { inApp } from '../beside/inside.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { PhotoButtons } from '../papers/photo-buttons.tsx'
import { way } from '../ways.ts'
import type { Reader } from './asking.ts'
import { useCamera, type CameraState } from './camera.ts'
import './card.css'
import { openReader } from './reader.ts'

interface AimProps {
  dossier: Dossier
  words: { title: string; aim: string; unread: string; photo: string }
  /** Takes what was read, or knows in words why not; then the search goes on. */
  hear: (text: string) => (() => string) | null
  /** The way out without a camera. */
  children: ComponentChildren
}

const PAUSE = 120
const HELP_AFTER = 12_000

function useReader(): { current: Reader | null } {
  const reader = useRef<Reader | null>(null)
  useEffect(() => {
    reader.current = openReader()
    return () => reader.current?.close()
  }, [])
  return reader
}

export function Aim({ dossier, words, hear, children }: AimProps) {
  const reader = useReader()
  const [unread, setUnread] = useState<{ why: (() => string) | null } | null>(null)
  const [busy, setBusy] = useState(false)
  const { state, video, lit, light } = useCamera(true)

  /** True when it was taken. */
  function heard(text: string | null): boolean {
    if (text === null) return false
    const why = hear(text)
    if (why !== null) setUnread({ why })
    return why === null
  }

  async function takePhoto([file]: readonly File[]): Promise<void> {
    if (file === undefined || reader.current === null) return
    setBusy(true)
    setUnread(null)
    const picture = await createImageBitmap(file).catch(() => null)
    const text = picture === null ? null : await reader.current.read(picture, true)
    setBusy(false)
    if (text === null) setUnread({ why: null })
    heard(text)
  }

  const framed = state === 'on' || state === 'asking'
  useFrames(state === 'on', video, reader, heard)
  useEffect(() => {
    if (state !== 'on') return
    const timer = setTimeout(() => setUnread((now) => now ?? { why: null }), HELP_AFTER)
    return () => clearTimeout(timer)
  }, [state])

  return (
    <Page title={words.title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{words.title}</h1>
          {framed && <p>{words.aim}</p>}
        </div>
        <div class="stack">
          {framed && (
            <div class="scan">
              {state === 'on' && <video ref={video} class="scan__picture" muted playsInline aria-label={say('card.live')} />}
              <span class="scan__frame" aria-hidden="true" />
            </div>
          )}
          <CameraWords state={state} />
          {state !== 'on' && state !== 'asking' && inApp() && <Browser dossier={dossier} />}
          {lit !== null && (
            <button class="btn" type="button" aria-pressed={lit} onClick={light}>
              {say(lit ? 'card.dark' : 'card.light')}
            </button>
          )}
          {unread !== null && (
            <p class="field__wrong" role="alert">
              <Icon of="alert" />
              <span>{unread.why?.() ?? words.unread}</span>
            </p>
          )}
        </div>
        <section class="stack--tight" aria-labelledby="anh-ma">
          <h2 id="anh-ma">{words.photo}</h2>
          {busy && (
            <p class="tag" role="status">
              <Icon of="hourglass" />
              {say('card.busy')}
            </p>
          )}
          <PhotoButtons id="chup-ma" opening={async () => undefined} closed={() => undefined} take={takePhoto} />
        </section>
        <div class="stack--tight">{children}</div>
      </div>
    </Page>
  )
}

/** Look at one frame after the other while the camera is on, until one is taken. */
function useFrames(
  on: boolean,
  video: { current: HTMLVideoElement | null },
  reader: { current: Reader | null },
  heard: (text: string | null) => boolean,
): void {
  useEffect(() => {
    if (!on) return
    let left = false
    async function look(): Promise<void> {
      const seen = video.current
      const ready = seen !== null && seen.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA
      const picture = ready ? await createImageBitmap(seen).catch(() => null) : null
      const text = picture === null || reader.current === null ? null : await reader.current.read(picture, false)
      if (!left && !heard(text)) setTimeout(() => void look(), PAUSE)
    }
    void look()
    return () => {
      left = true
    }
  }, [on])
}

/** Pages inside Zalo or Facebook often get no camera; a real browser does, and the draft goes along. */
function Browser({ dossier }: Pick<AimProps, 'dossier'>) {
  return (
    <div class="stack--tight">
      <p>{say('card.inside')}</p>
      <a class="btn" href={way.elsewhere(dossier.id)}>
        <Icon of="share" />
        {say('card.browser')}
      </a>
    </div>
  )
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
