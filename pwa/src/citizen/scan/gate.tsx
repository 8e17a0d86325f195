/** The open door: shutters left and right, the procedure in the opening. */
import type { ComponentChildren } from 'preact'

import '../../parts/gate/gate.css'

const SLATS = 9

/** One slat of a panel that runs from `top` to `foot` at its outer edge, closer at the inner. */
function slats(top: number, foot: number): string[] {
  const high = (foot - top) / SLATS
  return Array.from({ length: SLATS }, (_, index) => {
    const outer = top + index * high
    const inner = 100 + (outer - 100) * 0.94
    const thick = high * 0.68
    return `6.4,${outer.toFixed(1)} 34.4,${inner.toFixed(1)} 34.4,${(inner + thick * 0.94).toFixed(1)} 6.4,${(outer + thick).toFixed(1)}`
  })
}

function Leaf({ end = false }: { end?: boolean }) {
  return (
    <svg class={end ? 'gate__leaf gate__leaf--end' : 'gate__leaf'} viewBox="0 0 40 200" preserveAspectRatio="none" aria-hidden="true">
      <polygon fill="#0b5b45" points="0,0 40,8 40,192 0,200" />
      <polygon fill="#063d2e" points="6.4,8.2 34.4,13.4 34.4,96.3 6.4,96.1" />
      <polygon fill="#063d2e" points="6.4,103.9 34.4,103.7 34.4,186.6 6.4,191.8" />
      {[...slats(9.9, 96), ...slats(105.7, 191)].map((points) => (
        <polygon key={points} fill="#2f8468" points={points} />
      ))}
    </svg>
  )
}

export function Gate({ children }: { children: ComponentChildren }) {
  return (
    <div class="gate">
      <Leaf />
      <div class="gate__open stack">{children}</div>
      <Leaf end />
      <span class="gate__sill" />
    </div>
  )
}
