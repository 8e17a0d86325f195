/** The last days in Vietnam, newest first, as the server names them and as they are read. */
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'

const DAY = 86_400_000
const MOST = 31

/** `2026-11-22` and its words, for today and a month back. */
export function lastDays(now: number): [string, string][] {
  return Array.from({ length: MOST }, (_, back) => {
    const day = format.day(now - back * DAY)
    const words = back === 0 ? say('upload.today', { day }) : back === 1 ? say('upload.yesterday', { day }) : day
    return [day.split('/').reverse().join('-'), words]
  })
}
