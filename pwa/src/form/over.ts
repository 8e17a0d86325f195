/** Whether an hour of a day has passed. */
import { inVietnam } from './today.ts'

/** What time it is, as far as is known: this phone's clock may be wrong, and who heard the server knows better. */
export const clock = { now: (): number => Date.now() }

/** Whether a day is over at an hour of its own, `17:00`. */
export const isOver = (day: string, hour: string): boolean => `${day}T${hour}` < inVietnam(clock.now())
