/** When something did not come: is it the network, or is this page older than what is served? */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'

const [FIRST, LONGEST] = [3000, 30_000]

/** Anything the ward answers: that page is never kept on a phone. */
const answers = (): Promise<boolean> => fetch('/health/live').then(() => true, () => false)

/**
 * Do it again whenever the network may be back, until told to stop.
 *
 * A phone says so a moment before anything is carried, says it too early, or never: of a network
 * that was there all along and carried nothing it says nothing. So the ward is asked as well.
 */
export function untilReturn(again: () => void): () => void {
  let [wait, stopped] = [FIRST, false]
  let next: ReturnType<typeof setTimeout> | undefined
  const later = (): void => {
    clearTimeout(next)
    if (!stopped) next = setTimeout(() => void ask(), wait)
  }
  const ask = async (): Promise<void> => {
    wait = Math.min(2 * wait, LONGEST)
    if (await answers() && !stopped) again()
    later()
  }
  const back = (): void => {
    wait = FIRST
    again()
    later()
  }
  addEventListener('online', back)
  later()
  return () => {
    stopped = true
    clearTimeout(next)
    removeEventListener('online', back)
  }
}

/** Do it again when the network is back, as long as `when`. */
export function useReturn(again: () => void, when: boolean): void {
  // Listening begins with the screen, not a frame after it: the network may be back in between.
  useLayoutEffect(() => (when ? untilReturn(again) : undefined), [when])
}

/** Whether a page that is served now runs on another file than `own`; what is no page of ours tells nothing. */
export const isOlder = (page: string, own: string): boolean => page.includes('/assets/first-') && !page.includes(own)

/** The page as it is served does not name the file that this stands in: this page is of an older build. */
export function useOutdated(): boolean {
  const [outdated, setOutdated] = useState(false)
  useEffect(() => {
    void fetch('/').then(async (page) => setOutdated(isOlder(await page.text(), new URL(import.meta.url).pathname)), () => undefined)
  }, [])
  return outdated
}
