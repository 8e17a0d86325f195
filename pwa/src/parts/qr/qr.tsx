/** A QR code as one drawing: black on white in every theme, with its quiet border. */
import { useMemo } from 'preact/hooks'

import { encode } from './encode.ts'

const BORDER = 4

/** Dark runs of each row, as one path. */
function path(text: string): { side: number; d: string } {
  const square = encode(text)
  const runs = square.flatMap((row, y) =>
    [...row.map(Number).join('').matchAll(/1+/g)].map(
      ({ index, 0: run }) => `M${index + BORDER} ${y + BORDER}h${run.length}v1h-${run.length}z`,
    ),
  )
  return { side: square.length + 2 * BORDER, d: runs.join('') }
}

export function Qr({ text, label, kind }: { text: string; label: string; kind: string }) {
  const { side, d } = useMemo(() => path(text), [text])
  return (
    <svg class={kind} viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges" role="img" aria-label={label}>
      <path fill="#fff" d={`M0 0h${side}v${side}H0z`} />
      <path fill="#000" d={d} />
    </svg>
  )
}
