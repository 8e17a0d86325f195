/** How near a dossier's deadline (hạn) is, as of a moment. */
import type { DossierState } from '../../api/schema.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Timed {
  state: DossierState
  submitted_at: string | null
  expected_at: string | null
  due_at: string | null
}

export type Deadline =
  /** The procedure promises no date. */
  | { is: 'none' }
  /** The clock stands still while the citizen completes the dossier. */
  | { is: 'paused' }
  /** Something was asked for before acceptance, while no clock runs. */
  | { is: 'asked' }
  /** Nothing is to be done any more; `at` was the promise. */
  | { is: 'over'; at: string }
  /** Not accepted although its expected day has passed: how long it has waited. */
  | { is: 'waiting'; since: string; days: number; hours: number }
  | { is: 'late'; at: string; days: number; hours: number; minutes: number }
  | { is: 'minutes'; at: string; minutes: number; expected: boolean }
  | { is: 'today'; at: string; expected: boolean }
  | { is: 'later'; at: string; days: number; expected: boolean }

/** The number of a calendar day in Vietnam. */
const dayOf = (moment: number): number => Math.floor((moment + 7 * HOUR) / DAY)

export function deadlineOf(dossier: Timed, now: number): Deadline {
  const { state, due_at, expected_at, submitted_at } = dossier
  if (state === 'supplement_requested') return { is: due_at === null ? 'asked' : 'paused' }
  const at = due_at ?? expected_at
  if (at === null) return { is: 'none' }
  if (!['submitted', 'accepted', 'processing'].includes(state)) return { is: 'over', at }
  const left = Date.parse(at) - now
  const expected = due_at === null
  if (left < 0 && expected) {
    const since = submitted_at ?? at
    const waited = now - Date.parse(since)
    return { is: 'waiting', since, days: Math.floor(waited / DAY), hours: Math.floor(waited / HOUR) }
  }
  if (left < 0) {
    const late = -left
    return {
      is: 'late',
      at,
      days: Math.floor(late / DAY),
      hours: Math.floor(late / HOUR),
      minutes: Math.max(1, Math.floor(late / MINUTE)),
    }
  }
  if (left < HOUR) return { is: 'minutes', at, minutes: Math.max(1, Math.floor(left / MINUTE)), expected }
  const days = dayOf(Date.parse(at)) - dayOf(now)
  return days === 0 ? { is: 'today', at, expected } : { is: 'later', at, days, expected }
}
