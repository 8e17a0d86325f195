/** An office by its id, as the list of all offices names it. */
import { useReading } from './reading.ts'

interface Office {
  code: string
  name: string
  office: string | null
}

/** The office, as soon as the list has come; null for none and for one that is not in it. */
export function useUnit(code: string | null): Office | null {
  const { reading } = useReading<{ items: Office[] }>(code === null ? null : '/api/v1/units')
  if (reading.is !== 'there') return null
  return reading.body.items.find((unit) => unit.code === code) ?? null
}
