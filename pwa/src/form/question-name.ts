/** What a question is called away from its page. */
import type { Definition } from './definition.ts'

/** Its label; with the title of its page where another page asks the same in the same words. */
export function questionName({ steps }: Pick<Definition, 'steps'>, id: string | null | undefined): string | undefined {
  const asked = steps.flatMap(({ title, fields }) => fields.map((field) => ({ id: field.id, label: field.label, title })))
  const own = asked.find((one) => one.id === id)
  const twin = asked.some(({ label, title }) => label === own?.label && title !== own.title)
  return own !== undefined && twin ? `${own.label} · ${own.title}` : own?.label
}
