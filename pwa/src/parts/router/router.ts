/** Which page is open: the address, and the ways to change it. */
import { useEffect, useState } from 'preact/hooks'

export interface Place {
  path: string
  query: URLSearchParams
  /** What follows `#`: never sent to the server, so codes and keys stand only here. */
  fragment: string
}

const listeners = new Set<() => void>()

export function here(): Place {
  const { pathname, search, hash } = location
  return { path: pathname, query: new URLSearchParams(search), fragment: decodeURIComponent(hash.slice(1)) }
}

/** Open an address of ours without loading a page; `state` stays with this entry of the history. */
export function go(address: string, how: 'push' | 'replace' = 'push', state: object | null = null): void {
  history[how === 'push' ? 'pushState' : 'replaceState'](state, '', address)
  scrollTo(0, 0)
  for (const listener of listeners) listener()
}

/** The open place; the caller is drawn again when it changes. */
export function usePlace(): Place {
  const [place, setPlace] = useState(here)
  useEffect(() => {
    const listener = (): void => setPlace(here())
    listeners.add(listener)
    addEventListener('popstate', listener)
    return () => {
      listeners.delete(listener)
      removeEventListener('popstate', listener)
    }
  }, [])
  return place
}

/** Follow links of ours inside the page; leave new tabs, files and foreign places to the browser. */
export function followLinks(own: (path: string) => boolean): void {
  addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a')
    const plain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
    if (link === null || !plain || event.defaultPrevented || link.target !== '') return
    if (link.origin !== location.origin || !own(link.pathname) || link.hasAttribute('download')) return
    event.preventDefault()
    if (link.getAttribute('href')?.startsWith('#noi-dung') === true) document.querySelector('main')?.focus()
    else go(link.href)
  })
}
