/**
 * What an officer is typing, kept in the memory of the page alone.
 *
 * It outlives a change of language, another page and the end of the session; closing the page,
 * signing out or somebody else signing in ends it.
 */
import { useState } from 'preact/hooks'

const kept = new Map<string, unknown>()

export function forgetTyped(prefix = ''): void {
  for (const name of [...kept.keys()]) if (name.startsWith(prefix)) kept.delete(name)
}

/** Like `useState`, but found again under its name. */
export function useTyped<Value>(name: string, first: Value): [Value, (next: Value) => void] {
  const [value, setValue] = useState<Value>(() => (kept.has(name) ? (kept.get(name) as Value) : first))
  return [
    value,
    (next) => {
      kept.set(name, next)
      setValue(next)
    },
  ]
}
