/** On a shared device a page that waits for money stays as long as a code to pay: the bank's app is on another phone. */
import { useEffect } from 'preact/hooks'

import { idle } from '../../drafts/shared-device.ts'

/** A VietQR code can be paid for a quarter of an hour. */
const AS_A_CODE = 900_000

export function useLongStay(waits: boolean): void {
  useEffect(() => {
    if (!waits) return
    const usual = idle.most
    idle.most = AS_A_CODE
    return () => {
      idle.most = usual
    }
  }, [waits])
}
