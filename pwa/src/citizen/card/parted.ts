/** Who was one person when a card was read may be two after another answer. */
import { book } from '../../drafts/book.ts'
import { strangers } from '../../form/card-fields.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'

/** Blank what the one's card has answered about the other. */
export async function part(dossier: string, definition: Definition): Promise<void> {
  await book.change(dossier, (now) => {
    const gone = strangers(definition, now.values, now.lent ?? {}, today())
    return { ...now, values: { ...now.values, ...Object.fromEntries(gone.map((field) => [field, undefined])) } }
  })
}
