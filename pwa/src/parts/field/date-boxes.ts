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

export function useDateBoxes(value: string, set: (value: string) => void): DateBoxes {
  /** A whole date on its way stays in its box as it is typed; what is kept of it meanwhile is its first piece. */
  const [half, setHalf] = useState<Partial<Boxes>>({})
  const now = boxes(value)

  function type(part: keyof Boxes, typed: string): void {
    const text = narrow(typed)
    const whole = wholeDate(text)
    setHalf(whole === null && /\d[/.-]/.test(text) ? { [part]: text } : {})
    const piece = /\d+/.exec(text)?.[0] ?? ''
    set(whole ?? joined({ ...now, [part]: piece.slice(0, MOST[part]) }))
  }

  function leave(): void {
    setHalf({})
    if (value !== '') set(normalDate(value))
  }

  return { shown: { ...now, ...half }, type, leave }
}
