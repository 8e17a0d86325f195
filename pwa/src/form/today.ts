/** The clock of Vietnam, whatever the phone's zone, as `2026-11-26T14:00:00.000Z`. */
export const inVietnam = (now: number): string => new Date(now + 7 * 3_600_000).toISOString()

/** Today in Vietnam as `YYYY-MM-DD`, whatever the phone's zone. */
export const today = (now: number = Date.now()): string => inVietnam(now).slice(0, 10)
