/** A shared device (máy dùng chung) keeps nothing: a choice for one tab, never for the device. */

const KEY = 'motcua.shared'

function read(): boolean {
  try {
    return sessionStorage.getItem(KEY) === '1'
  } catch {
    return false
  }
}

/** How long, in ms, a page may lie idle there; longer while money is awaited. */
export const idle = { most: 180_000 }

let shared = read()

export const onSharedDevice = (): boolean => shared

/** From here on nothing is written to the device. Must come before the book is opened. */
export function beShared(): void {
  shared = true
  try {
    sessionStorage.setItem(KEY, '1')
  } catch {
    // The choice then holds until the page is loaded again.
  }
}
