/** The pages of a paper in their order: one more, one anew, up and down, gone and back; pure. */
import type { Page as Shot } from '../../drafts/dossier.ts'

/** The list with a new page: instead of another, or at the end; the same photo twice is one. */
export function placed(shots: readonly Shot[], shot: Shot, instead: string | null): Shot[] {
  const others = shots.filter(({ sha256 }) => sha256 !== shot.sha256 || sha256 === instead)
  if (instead === null) return [...others, shot]
  return others.map((one) => (one.sha256 === instead ? shot : one))
}

/** At which place, counted from 1, this very photo lies already; 0 where it does not. */
export const placeOf = (shots: readonly Shot[], { sha256 }: Shot): number => shots.findIndex((one) => one.sha256 === sha256) + 1

/** The list with one page a place up or down; at the ends it stays as it is. */
export function moved(shots: readonly Shot[], sha256: string, by: -1 | 1): Shot[] {
  const index = shots.findIndex((one) => one.sha256 === sha256)
  const [shot, other] = [shots[index], shots[index + by]]
  if (shot === undefined || other === undefined) return [...shots]
  return shots.map((one) => (one === shot ? other : one === other ? shot : one))
}

export const without = (shots: readonly Shot[], sha256: string): Shot[] =>
  shots.filter((one) => one.sha256 !== sha256)

/** The list with a page back at its place. */
export const withBack = (shots: readonly Shot[], shot: Shot, index: number): Shot[] => [
  ...shots.slice(0, index),
  shot,
  ...shots.slice(index),
]

/** The list with a page that will do as it is, whatever the phone thinks of it. */
export const accepted = (shots: readonly Shot[], sha256: string): Shot[] =>
  shots.map((one) => (one.sha256 === sha256 ? { ...one, hint: null } : one))
