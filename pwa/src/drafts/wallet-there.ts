/** Whether this device has a wallet of own papers: a mark, so that no database is opened to ask. */
import { book } from './book.ts'
import { onSharedDevice } from './shared-device.ts'

const KEY = 'motcua.tui'

/** A borrowed device, or one that keeps nothing, is never offered one. */
export const mayHaveWallet = (): boolean => !onSharedDevice() && book.lasting()

export function isWalletThere(): boolean {
  try {
    return mayHaveWallet() && localStorage.getItem(KEY) === '1'
  } catch {
    return false
  }
}

export function markWallet(there: boolean): void {
  try {
    if (there) localStorage.setItem(KEY, '1')
    else localStorage.removeItem(KEY)
  } catch {
    // Then it is not offered, but stands under its own address.
  }
}
