/** Reads QR codes out of pictures, in a worker of its own that ends with the page. */
import { trusted } from '../../api/trusted.ts'
import address from '../../worker/scan.ts?worker&url'
import type { ScanAnswer, ScanAsked } from '../../worker/messages.ts'

export interface Reader {
  /** The text of the code in a picture, or null; the picture is given away. */
  read: (picture: ImageBitmap, thorough: boolean) => Promise<string | null>
  close: () => void
}

export function openReader(): Reader {
  const worker = new Worker(trusted(address), { type: 'module' })
  const waiting = new Map<number, (text: string | null) => void>()
  let last = 0
  worker.onmessage = ({ data: { id, text } }: MessageEvent<ScanAnswer>) => {
    waiting.get(id)?.(text)
    waiting.delete(id)
  }
  worker.onerror = () => {
    for (const tell of waiting.values()) tell(null)
    waiting.clear()
  }
  return {
    read: (picture, thorough) =>
      new Promise((resolve) => {
        const asked: ScanAsked = { id: ++last, picture, thorough }
        waiting.set(asked.id, resolve)
        worker.postMessage(asked, [picture])
      }),
    close: () => worker.terminate(),
  }
}
