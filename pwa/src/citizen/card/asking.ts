/** What a page asks of the scan worker, and its answers. */
import type { ScanAnswer, ScanAsked } from '../../worker/messages.ts'

export interface Reader {
  /** The text of the code in a picture; null without one, or once the worker is dead. The picture is given away. */
  read: (picture: ImageBitmap, thorough: boolean) => Promise<string | null>
  close: () => void
}

export type Scanner = Pick<Worker, 'onmessage' | 'onerror' | 'postMessage' | 'terminate'>

export function readerOf(worker: Scanner): Reader {
  const waiting = new Map<number, (text: string | null) => void>()
  let last = 0
  let dead = false
  worker.onmessage = ({ data: { id, text } }: MessageEvent<ScanAnswer>) => {
    waiting.get(id)?.(text)
    waiting.delete(id)
  }
  worker.onerror = () => {
    dead = true
    for (const tell of waiting.values()) tell(null)
    waiting.clear()
  }
  function read(picture: ImageBitmap, thorough: boolean): Promise<string | null> {
    if (dead) {
      picture.close()
      return Promise.resolve(null)
    }
    return new Promise((resolve) => {
      const asked: ScanAsked = { id: ++last, picture, thorough }
      waiting.set(asked.id, resolve)
      worker.postMessage(asked, [picture])
    })
  }
  return { read, close: () => worker.terminate() }
}
