/** The three boxes of a date: a whole one, typed or pasted into any of them, fills all three. */
import { useState } from 'preact/hooks'

import { boxes, joined, normalDate, type Boxes } from '../../form/kinds/dates.ts'
import { wholeDate } from '../../form/kinds/whole-date.ts'
import { narrow } from '../../form/text.ts'

interface DateBoxes {
  shown: Boxes
  type: (part: keyof Boxes, text: string) => void
  leave: () => void
}

const MOST = { day: 2, month: 2, year: 4 }
/** Kept in place of what is no piece of a date: the box is clear when it is seen again, and asked for. */
const UNREAD = '?'

export function useDateBoxes(value: string, set: (value: string) => void): DateBoxes {
  /** A whole date on its way, or what cannot be read, stays in its box as it is typed. */
  const [half, setHalf] = useState<Partial<Boxes>>({})
  const now = boxes(value.replaceAll(UNREAD, ''))

  function type(part: keyof Boxes, typed: string): void {
    const text = narrow(typed)
    const whole = wholeDate(text)
    const piece = text.trim()
    const read = /^\d*$/.test(piece) && piece.length <= MOST[part]
    setHalf(whole === null && !read ? { [part]: text } : {})
    set(whole ?? joined({ ...now, [part]: read ? piece : UNREAD }))
  }

  function leave(): void {
    if (value !== '') set(normalDate(value))
  }

  return { shown: { ...now, ...half }, type, leave }
}
