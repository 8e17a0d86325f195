/** What this browser is, and what it cannot do: by trying, and by its name where nothing else tells. */
import { inApp } from './inside.ts'

/**
 * Saving a file may come to nothing here, and nobody tells: pages inside other apps drop what is
 * downloaded. Those that do not say their name are known by what such views lack.
 */
export const mayNotSave = (agent = navigator.userAgent): boolean =>
  inApp(agent) ||
  !('download' in HTMLAnchorElement.prototype) ||
  !('serviceWorker' in navigator) ||
  (/Android/.test(agent) && !('Notification' in globalThis))

/** A page that runs under its own name on the home screen. */
export const installed = (): boolean =>
  matchMedia('(display-mode: standalone)').matches || ('standalone' in navigator && navigator.standalone === true)

/** Safari and every browser on an iPhone or iPad: they share one engine and its seven days. */
export const onApple = (agent = navigator.userAgent): boolean =>
  /iPhone|iPad|iPod/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)

/**
 * The same address for Android's own browser (`intent:`), or null elsewhere.
 *
 * Android reads the last `#Intent;` of such an address, so that what stands behind our own `#`
 * stays part of the address that is opened.
 */
export function intentOf(link: string, agent = navigator.userAgent): string | null {
  if (!/Android/.test(agent)) return null
  const { protocol, host, pathname, search, hash } = new URL(link)
  const scheme = protocol.slice(0, -1)
  return `intent://${host}${pathname}${search}${hash}#Intent;scheme=${scheme};action=android.intent.action.VIEW;category=android.intent.category.BROWSABLE;end`
}
