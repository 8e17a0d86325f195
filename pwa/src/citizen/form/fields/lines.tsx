/** Texts that may be longer than their box is wide: it grows, so that all of them is seen. */
import { TextField, type FieldProps } from './texts.tsx'

/** From here on a text of one line needs more room than a phone is wide. */
const LONG = 200

type Typing<Type> = Type & { currentTarget: HTMLTextAreaElement }

/** What is written there stays one line, and the key that would end it goes on, as in any box of one line. */
export const growing = (set: (text: string) => void) => ({
  rows: 1,
  onKeyDown: (event: Typing<KeyboardEvent>) => {
    if (event.key !== 'Enter' || event.isComposing) return
    event.preventDefault()
    event.currentTarget.form?.requestSubmit()
  },
  onInput: ({ currentTarget: { value } }: Typing<InputEvent>) => set(value.replace(/\n/g, ' ')),
})

export function LinesField(props: FieldProps) {
  const { kind, max_length } = props.field
  const own = (max_length ?? LONG) < LONG ? undefined : growing(props.set)
  return <TextField {...props} lines={kind === 'long_text' ? {} : own} />
}
