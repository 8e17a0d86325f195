/** From the card back to the question: `back` from there leads to what came before it, never to the camera. */
import { go } from '../../parts/router/router.ts'

interface Past {
  entries: () => readonly { url: string | null }[]
  currentEntry: { index: number } | null
}

/** The address before this one, where the browser tells it. */
function before(): string | null {
  const { navigation: past } = globalThis as { navigation?: Past }
  const at = past?.currentEntry?.index ?? 0
  return past?.entries()[at - 1]?.url ?? null
}

export function toStep(step: string): void {
  if (before() === location.origin + step) history.back()
  else go(step, 'replace')
}
