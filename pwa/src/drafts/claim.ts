/** A claim to pay nothing (đề nghị miễn phí): kept as it is written, until the fee is settled. */
import type { Status } from '../api/schema.ts'
import type { Claimed, Dossier } from './dossier.ts'

export const NOTHING_CLAIMED: Claimed = { group: null, evidence: '' }

/** States of the fee in which somebody may claim, for the first time or again. */
const CLAIMABLE = ['open', 'expired', 'exemption_review']

/** The dossier as the server tells of it at this moment; a claim that can be made no more is not kept. */
export function heard({ claim, ...dossier }: Dossier, status: Status, at: number): Dossier {
  const kept = claim !== undefined && CLAIMABLE.includes(status.obligation?.state ?? '')
  return { ...dossier, ...(kept && { claim }), status, heardAt: at }
}
