const inVietnam = (now: number): string => new Date(now + 7 * 3_600_000).toISOString()

/** Today in Vietnam as `YYYY-MM-DD`, whatever the phone's zone. */
export const today = (now: number = Date.now()): string => inVietnam(now).slice(0, 10)

/** Whether a day is over at an hour of its own, `17:00`. */
export const isOver = (day: string, hour: string, now: number = Date.now()): boolean => `${day}T${hour}` < inVietnam(now)
