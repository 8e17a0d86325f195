/** What the two sides say where they differ: the one-stop's state codes in our words. */
import type { DossierState } from '../api/schema.ts'
import { say } from '../words/officer.ts'
import type { Discrepancy } from './shapes.ts'

/** TrangThaiHoSo of the national vocabulary. */
const STATES: Readonly<Record<string, DossierState>> = {
  1: 'submitted',
  2: 'accepted',
  3: 'declined',
  4: 'processing',
  5: 'supplement_requested',
  7: 'withdrawn',
  8: 'stopped',
  9: 'result_ready',
  10: 'returned',
}

const NOTHING = '—'

export function sidesOf({ kind, ours, theirs }: Discrepancy): { ours: string; theirs: string } {
  const told = (side: string): string => {
    const state = kind === 'status' ? STATES[side] : undefined
    if (state !== undefined) return `${say(`state.${state}`)} (${side})`
    return side === '' ? NOTHING : side
  }
  return { ours: told(ours), theirs: told(theirs) }
}
