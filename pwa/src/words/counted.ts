/** In English one is one: `{count} day[s] late` is said `1 day late` and `3 days late`. */
import type { Say } from './say.ts'

export const plural = (text: string): string => text.replace(/\b1 ((\w+ )?\w+)\[s\]/g, '1 $1').replaceAll('[s]', 's')

/** The `say` of an area whose English counts things. */
export const counted =
  <Source>(say: Say<Source>): Say<Source> =>
  (key, ...values) =>
    plural(say(key, ...values))
