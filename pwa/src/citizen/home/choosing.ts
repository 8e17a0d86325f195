/** Where a person is among the questions of a chooser: kept in the history, so that the phone's Back goes one back. */
import { go } from '../../parts/router/router.ts'

export interface Choosing {
  chooser: string
  /** The question that is asked, the first one if none is named. */
  question?: string
  /** Which answer led elsewhere: its place, as its words change with the language. */
  led?: number
}

/** Where the open entry of the history is; every page is drawn again when that changes. */
export const choosingNow = (): Choosing | null => (history.state as { choosing?: Choosing } | null)?.choosing ?? null

/** One question further, at the same address. */
export const choose = (choosing: Choosing): void => go(location.href, 'push', { choosing })
