/** A sentence whose `**weighty**` words are set in bold. */
export function Rich({ text }: { text: string }) {
  return <>{text.split('**').map((part, index) => (index % 2 === 1 ? <b key={index}>{part}</b> : part))}</>
}
