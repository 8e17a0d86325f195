/** Until when this device keeps a draft, said on each; near the end with a warning. */
import { KEPT_DAYS, PROMISED_DAYS, book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { onSharedDevice } from '../../drafts/shared-device.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { say as sayNext } from '../../words/next.ts'
import * as format from '../../words/format.ts'
import { installed, onApple } from './browser.ts'

const DAY = 86_400_000
const NEAR = 2 * DAY

/** Apple's browsers clear a site after seven days without a visit, but for pages on the home screen. */
function end(savedAt: number, apple: boolean): number {
  const ours = savedAt + KEPT_DAYS * DAY
  return apple ? Math.min(ours, Date.now() + PROMISED_DAYS * DAY) : ours
}

/** The day, and what ends it earlier: the same words wherever it is said. */
function endOf(savedAt: number): { last: number; words: string } {
  const apple = onApple() && !installed()
  const last = end(savedAt, apple)
  return { last, words: [say('room.until', { day: format.day(last) }), ...(apple ? [say('room.apple')] : [])].join(' ') }
}

export const untilWords = ({ savedAt }: Dossier): string => endOf(savedAt).words

/** Why this page alone holds a dossier. */
export const noneWords = (): string => (onSharedDevice() ? sayNext('shared.on') : say('room.none'))

export function Until({ dossier: { savedAt } }: { dossier: Dossier }) {
  if (!book.lasting()) return <p class="small">{noneWords()}</p>
  const { last, words } = endOf(savedAt)
  const near = last - Date.now() < NEAR
  return (
    <div class="stack--tight small">
      {near && (
        <p class="tag tag--late">
          <Icon of="clock" />
          {say('room.soon')}
        </p>
      )}
      <p class={near ? '' : 'quiet'}>{words}</p>
    </div>
  )
}
