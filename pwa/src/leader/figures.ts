/** Figures against their targets: how far, in which order, and which ward weighs most. */
import type { Figure } from './shapes.ts'

/** Points below the target at which a ward stands out. */
const FAR = 8

export type Standing =
  | { is: 'none' }
  | { is: 'free'; share: number }
  | { is: 'reached'; share: number; target: number }
  | { is: 'short'; share: number; target: number; points: number; far: boolean }

const tenths = (value: number): number => Math.round(value * 10) / 10

export function standingOf({ share, target }: Pick<Figure, 'share' | 'target'>): Standing {
  if (share === null) return { is: 'none' }
  if (target === null) return { is: 'free', share }
  const points = tenths(target - share)
  if (points <= 0) return { is: 'reached', share, target }
  return { is: 'short', share, target, points, far: points >= FAR }
}

export type Column = 'ward' | 'share' | 'target' | 'gap' | 'dossiers'

export interface Sorting {
  by: Column
  up: boolean
}

/** What a column is ordered by; what has no value stands last, whichever way. */
function weight(figure: Figure, by: Exclude<Column, 'ward'>): number | null {
  if (by === 'share') return figure.share
  if (by === 'target') return figure.target
  if (by === 'dossiers') return figure.denominator
  return figure.share === null || figure.target === null ? null : figure.share - figure.target
}

export function sorted(figures: readonly Figure[], { by, up }: Sorting): Figure[] {
  const names = new Intl.Collator('vi')
  const turn = up ? 1 : -1
  return [...figures].sort((one, other) => {
    const alphabet = names.compare(one.unit_name, other.unit_name)
    if (by === 'ward') return turn * alphabet
    const [left, right] = [weight(one, by), weight(other, by)]
    if (left === null || right === null) return left === right ? alphabet : left === null ? 1 : -1
    return turn * (left - right) || alphabet
  })
}

/** How many more dossiers would have to count for the target. */
export function missing({ numerator, denominator, target }: Figure): number {
  return target === null ? 0 : Math.max(0, Math.ceil((denominator * target) / 100 - numerator - 1e-9))
}

/** The ward below its target that lacks most dossiers; none when all reach it. */
export function pullsMost(wards: readonly Figure[]): Figure | null {
  const below = wards.filter((ward) => standingOf(ward).is === 'short')
  return below.reduce<Figure | null>((most, ward) => (most === null || missing(ward) > missing(most) ? ward : most), null)
}

/** `1.204`, as money is written. */
export const thousands = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, '.')
