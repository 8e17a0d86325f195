/** On a shared device a code to pay stays as long as it can be paid: the bank's app is on another phone. */
import { useEffect } from 'preact/hooks'

import type { Attempt, Status } from '../../api/schema.ts'
import { idle } from '../../drafts/shared-device.ts'

/** A VietQR code can be paid for a quarter of an hour. */
const AS_A_CODE = 900_000
const USUAL = idle.most

const OPEN: readonly Attempt['state'][] = ['created', 'pending', 'unknown']

/** An order to pay is open: money may come, or is on its way. */
export const isOrdered = (status: Pick<Status, 'attempts'> | null): boolean =>
  status?.attempts.some(({ state }) => OPEN.includes(state)) ?? false

/** After how many idle minutes the page wipes itself. */
export const minutesLeft = (waits: boolean): number => (waits ? AS_A_CODE : USUAL) / 60_000

export function useLongStay(waits: boolean): void {
  useEffect(() => {
    if (!waits) return
    idle.most = AS_A_CODE
    return () => {
      idle.most = USUAL
    }
  }, [waits])
}
