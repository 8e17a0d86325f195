/** Today in Vietnam as `YYYY-MM-DD`, whatever the phone's zone. */
export const today = (now: number = Date.now()): string =>
  new Date(now + 7 * 3_600_000).toISOString().slice(0, 10)
