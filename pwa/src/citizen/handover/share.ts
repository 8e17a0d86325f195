/** Keeping a draft at the office, from where another device takes it. */
import { book } from '../../drafts/book.ts'
import { wake } from '../../drafts/sender.ts'
import { aim } from '../../drafts/sending.ts'

/** Keep the whole draft at the office, as it is now. */
export async function share(id: string): Promise<void> {
  await book.change(id, (now) =>
    now.sending.goal === 'submit' ? now : { ...now, shared: true, sending: { ...aim(now.sending, 'share'), manifest: null } },
  )
  wake()
}
