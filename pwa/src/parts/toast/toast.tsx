/** Something was deleted: said at the foot for six seconds, with one way back. */
import { useEffect } from 'preact/hooks'

import '../empty/empty.css'
import { say } from '../../words/next.ts'
import { Icon } from '../icon/icon.tsx'

const SHOWN_FOR = 6000

interface Props {
  words: string
  takeBack: () => void
  done: () => void
}

/** Drawn anew (another `key`) for each deletion, so that each has its own six seconds. */
export function Undo({ words, takeBack, done }: Props) {
  useEffect(() => {
    const timer = setTimeout(done, SHOWN_FOR)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div class="toast toast--foot" role="status">
      <Icon of="bin" />
      <span>{words}</span>
      <button class="toast__act" type="button" onClick={takeBack}>
        {say('undo.take')}
      </button>
    </div>
  )
}
