/** How a line of a frozen fee is called: an obligation has its Vietnamese name alone. */
import type { Fee } from './definition.ts'

/** Its name in the language of the form; the frozen one where the form has none. */
export const lineName = (fee: Pick<Fee, 'items'> | null, frozen: string): string =>
  fee?.items.find(({ original }) => original === frozen)?.name ?? frozen
