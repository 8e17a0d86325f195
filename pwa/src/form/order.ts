/** What was found, in the order in which the page asks. */
import type { Wrong } from './check.ts'
import type { Field } from './definition.ts'

/** Where it stands: its question, then the row, then the column; what is about all rows comes after them. */
function place(fields: readonly Field[], { at, field, inside }: Wrong): [number, number, number] {
  const index = fields.findIndex(({ id }) => id === at.split('/')[0])
  const row = /^\/(\d+)/.exec(inside)?.[1]
  const column = fields[index]?.columns?.findIndex(({ id }) => id === field.id) ?? 0
  return [index, row === undefined ? Infinity : Number(row), column]
}

/** From the top of the page to its end; of one place the order stays. */
export function inOrder(fields: readonly Field[], found: readonly Wrong[]): Wrong[] {
  return [...found].sort((one, other) => {
    const [here, there] = [place(fields, one), place(fields, other)]
    const first = here.findIndex((part, index) => part !== there[index])
    return first < 0 ? 0 : (here[first] ?? 0) - (there[first] ?? 0)
  })
}
