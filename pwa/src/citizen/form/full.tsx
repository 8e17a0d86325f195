/** The device could not keep what was typed: said at once, on the page where it happened. */
import { book, useBook } from '../../drafts/book.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/first.ts'

export function Full() {
  const trouble = useBook(() => book.trouble())
  if (trouble === null) return null
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <p class="note__body">{say(trouble === 'full' ? 'save.full' : 'save.broken')}</p>
    </div>
  )
}
