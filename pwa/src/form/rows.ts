/** Repeated rows: one is taken out by its name and can be put back where it stood. */
import type { Row } from './definition.ts'

export interface Removed {
  row: Row
  index: number
}

/** What is left without a row, and what was taken out. */
export function without(rows: readonly Row[], name: string): { left: readonly Row[]; removed: Removed | null } {
  const index = rows.findIndex(({ row }) => row === name)
  const row = rows[index]
  if (row === undefined) return { left: rows, removed: null }
  return { left: rows.filter((one) => one !== row), removed: { row, index } }
}

/** Put a row back; what was changed or added meanwhile stays. */
export function withBack(rows: readonly Row[], { row, index }: Removed): readonly Row[] {
  if (rows.some((one) => one.row === row.row)) return rows
  return [...rows.slice(0, index), row, ...rows.slice(index)]
}
