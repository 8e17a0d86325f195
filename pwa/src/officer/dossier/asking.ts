/** The one supplement request (yêu cầu bổ sung) while the officer gathers it. */
import { boxes, normalDate } from '../../form/kinds/dates.ts'
import { fullDate } from '../../form/conditions.ts'

/** A paper or a field, and what the citizen will read about it. */
export interface AskItem {
  kind: 'paper' | 'field'
  id: string
  words: string
}

export interface Asking {
  items: readonly AskItem[]
  /** `YYYY-MM-DD`, also while half typed. */
  until: string
}

const DAY = 86_400_000
const USUAL_DAYS = 10

export const asksFor = (kind: AskItem['kind'], id: string) => (item: AskItem): boolean =>
  item.kind === kind && item.id === id

/** A request begins empty, with ten days to answer. */
export function newAsking(today: string): Asking {
  const until = new Date(Date.parse(`${today}T00:00:00Z`) + USUAL_DAYS * DAY).toISOString().slice(0, 10)
  return { items: [], until }
}

/** Each paper and field stands there once. */
export function withItem(asking: Asking, kind: AskItem['kind'], id: string): Asking {
  if (asking.items.some(asksFor(kind, id))) return asking
  return { ...asking, items: [...asking.items, { kind, id, words: '' }] }
}

export function withWords(asking: Asking, at: number, words: string): Asking {
  return { ...asking, items: asking.items.map((item, index) => (index === at ? { ...item, words } : item)) }
}

export const withoutItem = (asking: Asking, at: number): Asking => ({
  ...asking,
  items: asking.items.filter((_, index) => index !== at),
})

/** Whether the last day comes after today and within a year. */
export function untilFits(until: string, today: string): boolean {
  const { year, month, day } = boxes(normalDate(until))
  const [last, now] = [fullDate(`${year}-${month}-${day}`), fullDate(today)]
  return last !== null && now !== null && last > now && last <= now + 365 * DAY
}

/** The body that is sent. */
export const bodyOf = ({ items, until }: Asking): object => ({
  items: items.map(({ kind, id, words }) => ({ [kind]: id, words: words.trim() })),
  until: normalDate(until),
})
