/** When something did not come: is it the network, or is this page older than what is served? */
import { useEffect, useLayoutEffect, useState } from 'preact/hooks'

const AGAIN = 3000

/** Do it again when the network is back; and once more, for a phone says so a moment before it carries anything. */
export function useReturn(again: () => void, when: boolean): void {
  // Listening begins with the screen, not a frame after it: the network may be back in between.
  useLayoutEffect(() => {
    if (!when) return
    let later: ReturnType<typeof setTimeout> | undefined
    const back = (): void => {
      again()
      later = setTimeout(again, AGAIN)
    }
    addEventListener('online', back)
    return () => {
      removeEventListener('online', back)
      clearTimeout(later)
    }
  }, [when])
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
