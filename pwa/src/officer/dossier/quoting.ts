/** The fee as an officer sets it (báo phí): lines while they are typed, and what is sent. */
import type { FeeLine } from '../../api/schema.ts'

export interface QuoteLine {
  /** Names the line for ever, so that deleting another never moves the focus. */
  row: number
  name: string
  kind: 'phi' | 'le_phi'
  quantity: string
  unit: string
  law: string
}

export type Missing = 'name' | 'quantity' | 'unit' | 'law'

/** The most that any sum of money can be, here as on the server. */
const MOST = 10 ** 12

const bare = (text: string): string => text.replace(/[\s.]/g, '')

/** A whole number of digits, blanks and dots left out; null for anything else. */
export function digits(text: string): number | null {
  const plain = bare(text)
  return /^\d{1,13}$/.test(plain) ? Number(plain) : null
}

/** Why a sum cannot be taken: it is no number, or beyond all money; null for one that can. */
export function sumFault(text: string): 'none' | 'big' | null {
  if (!/^\d+$/.test(bare(text))) return 'none'
  const sum = digits(text)
  return sum === null || sum > MOST ? 'big' : null
}

export const emptyLine = (row: number): QuoteLine => ({ row, name: '', kind: 'le_phi', quantity: '1', unit: '', law: '' })

/** What the tariff or an earlier quote knows already is not typed again. */
export function linesFrom(known: readonly FeeLine[]): QuoteLine[] {
  if (known.length === 0) return [emptyLine(1)]
  return known.map((line, index) => ({
    row: index + 1,
    name: line.name,
    kind: line.kind,
    quantity: String(line.quantity),
    unit: line.unit_amount === null ? '' : String(line.unit_amount),
    law: line.law ?? '',
  }))
}

export function missingIn(line: QuoteLine): Missing[] {
  const quantity = digits(line.quantity)
  const unit = digits(line.unit)
  const missing: Missing[] = []
  if (line.name.trim() === '') missing.push('name')
  if (quantity === null || quantity < 1 || quantity > 1000) missing.push('quantity')
  if (unit === null || unit > MOST) missing.push('unit')
  if (line.law.trim() === '') missing.push('law')
  return missing
}

/** The sum as far as it can be read. */
export const sumOf = (lines: readonly QuoteLine[]): number =>
  lines.reduce((sum, line) => sum + (digits(line.quantity) ?? 0) * (digits(line.unit) ?? 0), 0)

export const quoteBody = (lines: readonly QuoteLine[]): object => ({
  lines: lines.map((line) => ({
    name: line.name.trim(),
    kind: line.kind,
    quantity: digits(line.quantity),
    unit_amount: digits(line.unit),
    law: line.law.trim(),
  })),
})
