/** What was found when the person wanted to go on: faults, else what may be a slip. */
import '../../parts/field/mild.css'
import { Summary, type Place } from '../../parts/summary/summary.tsx'
import { say } from '../../words/next.ts'
import type { Told } from './told.ts'

interface Props {
  found: readonly Told[]
  /** What else is to be put right: papers. */
  more?: readonly Place[]
  round: unknown
  /** The button that was pressed. */
  button: string
}

export function Found({ found, more = [], round, button }: Props) {
  const places = found.map(({ target, named, mild, elsewhere }) => ({ at: target, words: named, mild, elsewhere }))
  const wrong = [...places.filter(({ mild }) => !mild), ...more]
  if (wrong.length > 0) return <Summary places={wrong} round={round} />
  return <Summary places={places} round={round} again={say('doubt.next', { button })} />
}
