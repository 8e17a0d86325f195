/** What time it is at the server, however wrong this device's clock is. */

let began = 0

/** An answer was given at this moment; one that was kept on the way is older than those heard before. */
export function hear(date: string | null): void {
  began = Math.max(began, Date.parse(date ?? '') - performance.now() || 0)
}

/** Milliseconds as `Date.now()` counts them; null before the server was heard. */
export const serverNow = (): number | null => (began === 0 ? null : began + performance.now())
