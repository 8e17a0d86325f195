/** A counter shift (ca thu) as the server tells of it. */
import type { Names } from '../shapes.ts'

/** A shift of a counter; sums are null until it is closed: count first. */
export interface Shift {
  shift: string
  unit: string
  opened_by: string
  opened_at: string
  opening: number
  closed_by: string | null
  closed_at: string | null
  expected_cash: number | null
  expected_pos: number | null
  outside: number | null
  counted_cash: number | null
  counted_pos: number | null
  reason: string | null
  /** Every count as it was said, also where the shift was not closed by it. */
  told: readonly Readonly<{ by: string; at: string; cash: number; pos: number }>[]
  names: Names
  titles: Names
}

/** One movement of a shift; `outside` was taken before it was opened. */
export interface Taking {
  at: string
  kind: 'cash' | 'pos'
  amount: number
  slip: string | null
  code: string | null
  outside: boolean
}

/** A shift with its lines; differences are counted less expected. */
export interface ShiftReport {
  shift: Shift
  unit_name: string
  cash_difference: number | null
  pos_difference: number | null
  lines: readonly Taking[]
}
