/** The three boxes of a date: a whole one, typed or pasted into any of them, fills all three. */
import { useState } from 'preact/hooks'

import { boxes, joined, normalDate, type Boxes } from '../../form/kinds/dates.ts'
import { wholeDate } from '../../form/kinds/whole-date.ts'
import { narrow } from '../../form/text.ts'

type Part = keyof Boxes

interface DateBoxes {
  shown: Boxes
  type: (part: Part, text: string) => void
  leave: () => void
}

const MOST = { day: 2, month: 2, year: 4 }
/** Kept in place of what is no piece of a date: the box is clear when it is seen again, and asked for. */
const UNREAD = '?'
export const NONE: Boxes = { year: '', month: '', day: '' }

const each = (of: (part: Part) => string): Boxes => ({ year: of('year'), month: of('month'), day: of('day') })

const read = (value: string): Boxes => boxes(value.replaceAll(UNREAD, ''))

/** What the boxes show: what is half typed, else what is kept. */
export const shownOf = (value: string, half: Boxes): Boxes => each((part) => half[part] || read(value)[part])

/** What is kept, and what stays in its box as it is typed, once this is typed into one of them. */
export function typed(value: string, half: Boxes, into: Part, text: string): { value: string; half: Boxes } {
  const whole = wholeDate(text)
  if (whole !== null) return { value: whole, half: NONE }
  const piece = text.trim()
  const plain = /^\d*$/.test(piece) && piece.length <= MOST[into]
  const left = { ...half, [into]: plain ? '' : text }
  const kept = { ...read(value), [into]: piece }
  return { value: joined(each((part) => (left[part] === '' ? kept[part] : UNREAD))), half: left }
}

export function useDateBoxes(value: string, set: (value: string) => void): DateBoxes {
  /** A whole date on its way, or what cannot be read, stays in its box as it is typed. */
  const [half, setHalf] = useState(NONE)

  function type(part: Part, text: string): void {
    const now = typed(value, half, part, narrow(text))
    setHalf(now.half)
    set(now.value)
  }

  function leave(): void {
    if (value !== '') set(normalDate(value))
  }

  return { shown: shownOf(value, half), type, leave }
}
