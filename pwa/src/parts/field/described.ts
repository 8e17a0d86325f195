/** What a box says of itself to readers: its hint, its fault, and that there is one. */
interface Told {
  id: string
  hint?: string | null | undefined
  wrong?: string | undefined
  mild?: boolean | undefined
}

interface Attributes {
  'aria-describedby'?: string
  'aria-invalid'?: 'true'
}

export function describedBy({ id, hint, wrong, mild }: Told, more: string | null = null): Attributes {
  const ids = [hint ? `${id}-hint` : null, wrong === undefined ? null : `${id}-wrong`, more]
  const known = ids.filter((one) => one !== null)
  return {
    ...(known.length > 0 && { 'aria-describedby': known.join(' ') }),
    ...(wrong !== undefined && mild !== true && { 'aria-invalid': 'true' as const }),
  }
}
