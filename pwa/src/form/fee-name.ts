/** How a line of a frozen fee is called, and its basis: an obligation has both in Vietnamese alone. */
import type { Fee } from './definition.ts'

/** Its basis in the language of the form, where that has one for it. */
export const lineLaw = (fee: Pick<Fee, 'items'> | null, frozen: string | null): string | null =>
  fee?.items.find(({ original_law }) => original_law === frozen)?.law ?? frozen

/** Its name in the language of the form; the frozen one where the form has none. */
export const lineName = (fee: Pick<Fee, 'items'> | null, frozen: string): string =>
  fee?.items.find(({ original }) => original === frozen)?.name ?? frozen
