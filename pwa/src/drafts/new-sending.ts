/** Nothing is on its way yet. */
import type { Sending } from './sending.ts'

export const newSending = (): Sending => ({
  goal: 'none',
  manifest: null,
  files: {},
  failures: 0,
  waitUntil: 0,
  why: null,
  since: null,
  stop: null,
})
