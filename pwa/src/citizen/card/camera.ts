/** The live camera: asked for once, given back when the page goes. */
import { useEffect, useRef, useState } from 'preact/hooks'

/** `slow`: the device has not answered yet; perhaps it asks the person, perhaps it never will. */
export type CameraState = 'asking' | 'slow' | 'on' | 'denied' | 'none'

const PATIENCE = 3000
const WANTED = { video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } }, audio: false }

/** Lamps are not known to the type library yet. */
interface Lamp {
  torch?: boolean
}

interface Camera {
  state: CameraState
  video: { current: HTMLVideoElement | null }
  /** Whether the lamp is lit; null where there is none. */
  lit: boolean | null
  light: () => void
}

const why = (error: unknown): CameraState =>
  error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError') ? 'denied' : 'none'

const hasLamp = (track: MediaStreamTrack | undefined): boolean =>
  (track?.getCapabilities?.() as Lamp | undefined)?.torch === true

export function useCamera(wanted: boolean): Camera {
  const video = useRef<HTMLVideoElement>(null)
  const [stream, setStream] = useState<MediaStream | null>(null)
  const [state, setState] = useState<CameraState>('asking')
  const [lit, setLit] = useState<boolean | null>(null)

  useEffect(() => {
    if (!wanted) return
    let [left, given] = [false, null as MediaStream | null]
    const late = setTimeout(() => setState((now) => (now === 'asking' ? 'slow' : now)), PATIENCE)
    const stop = (): void => given?.getTracks().forEach((track) => track.stop())
    async function open(): Promise<void> {
      given = await navigator.mediaDevices.getUserMedia(WANTED)
      if (left) return stop()
      setStream(given)
      setLit(hasLamp(given.getVideoTracks()[0]) ? false : null)
      setState('on')
    }
    void open()
      .catch((error: unknown) => setState(why(error)))
      .finally(() => clearTimeout(late))
    return () => {
      left = true
      clearTimeout(late)
      stop()
      setStream(null)
      setState('asking')
    }
  }, [wanted])

  useEffect(() => {
    if (video.current === null || stream === null) return
    video.current.srcObject = stream
    void video.current.play().catch(() => undefined)
  }, [stream, state])

  function light(): void {
    const next = lit !== true
    const lamp = { advanced: [{ torch: next } as MediaTrackConstraintSet] }
    void stream?.getVideoTracks()[0]?.applyConstraints(lamp).then(() => setLit(next), () => setLit(null))
  }

  return { state, video, lit, light }
}
