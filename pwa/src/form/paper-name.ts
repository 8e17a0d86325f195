/** The official name of a paper in two parts: what people call it, and the law's remark as a sentence. */
export function paperName(name: string): { short: string; rest: string | null } {
  const at = name.indexOf(' (')
  if (at < 8) return { short: name, rest: null }
  const rest = name.slice(at + 2).replace(/\)\s*$/, '')
  const end = /[.…]$/.test(rest) ? '' : '.'
  return { short: name.slice(0, at), rest: rest.charAt(0).toUpperCase() + rest.slice(1) + end }
}
