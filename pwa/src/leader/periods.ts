/** Periods of a report (kỳ báo cáo): months, quarters and years up to today. */

export type Period =
  | { kind: 'month'; year: number; month: number }
  | { kind: 'quarter'; year: number; quarter: number }
  | { kind: 'year'; year: number }

const MONTHS = 12
const QUARTERS = 4
const YEARS = 2

/** As the server reads it: `2026-11`, `2026-Q4`, `2026`. */
export function idOf(period: Period): string {
  if (period.kind === 'month') return `${period.year}-${String(period.month).padStart(2, '0')}`
  return period.kind === 'quarter' ? `${period.year}-Q${period.quarter}` : String(period.year)
}

export function read(id: string | null): Period | null {
  const found = /^(20\d\d)(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/.exec(id ?? '')
  if (found === null) return null
  const year = Number(found[1])
  if (found[3] !== undefined) return { kind: 'month', year, month: Number(found[3]) }
  return found[2] === undefined ? { kind: 'year', year } : { kind: 'quarter', year, quarter: Number(found[2]) }
}

/** The periods to choose from, the latest first; `today` is `YYYY-MM-DD`. */
export function choices(today: string): { months: Period[]; quarters: Period[]; years: Period[] } {
  const year = Number(today.slice(0, 4))
  const month = Number(today.slice(5, 7))
  const months = Array.from({ length: MONTHS }, (_, back) => {
    const count = year * 12 + month - 1 - back
    return { kind: 'month' as const, year: Math.floor(count / 12), month: (count % 12) + 1 }
  })
  const quarters = Array.from({ length: QUARTERS }, (_, back) => {
    const count = year * 4 + Math.floor((month - 1) / 3) - back
    return { kind: 'quarter' as const, year: Math.floor(count / 4), quarter: (count % 4) + 1 }
  })
  const years = Array.from({ length: YEARS }, (_, back) => ({ kind: 'year' as const, year: year - back }))
  return { months, quarters, years }
}

/** The month of today: where a leader begins. */
export const thisMonth = (today: string): Period => ({
  kind: 'month',
  year: Number(today.slice(0, 4)),
  month: Number(today.slice(5, 7)),
})
