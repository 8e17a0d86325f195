/** A short word at the foot that something was done; it goes by itself and is never an error. */
import { useEffect, useState } from 'preact/hooks'

import '../empty/empty.css'
import { Icon } from '../icon/icon.tsx'

const SHOWN_FOR = 6000

export function useToast(): { toast: string | null; tell: (words: string) => void } {
  const [toast, setToast] = useState<string | null>(null)
  useEffect(() => {
    if (toast === null) return
    const end = setTimeout(() => setToast(null), SHOWN_FOR)
    return () => clearTimeout(end)
  }, [toast])
  return { toast, tell: setToast }
}

/** Always on the page, so that readers hear what appears in it. */
export function Toast({ words }: { words: string | null }) {
  return (
    <div role="status">
      {words !== null && (
        <p class="toast toast--foot">
          <Icon of="check" />
          {words}
        </p>
      )}
    </div>
  )
}
