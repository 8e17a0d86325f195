/** A fault of an answer in words, as the pages show it. */
import type { Code } from '../../form/wrong.ts'

export interface Told {
  /** The field, and the place inside: `nyc_noi_cu_tru/ward`. */
  at: string
  code: Code
  words: string
  /** The same in the summary, where two faults in one wording must be told apart. */
  named: string
  /** Perhaps nothing is wrong: asked about once, never refused. */
  mild: boolean
  /** The box that mends it: of a date, one of three. */
  target: string
  /** The question it is about besides. */
  beside?: string | undefined
  /** The page where that one is mended. */
  elsewhere?: { at: string; words: string }
}
