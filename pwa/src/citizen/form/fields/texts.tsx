/** Boxes for words and digits. */
import type { Field, Value } from '../../../form/definition.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Frame, type FrameProps } from '../../../parts/field/frame.tsx'

export interface FieldProps extends FrameProps {
  field: Field
  value: Value | undefined
  set: (value: Value | undefined) => void
}

type Input = { type?: string; inputMode?: 'numeric' | 'tel' | 'email'; autocomplete?: string }

/** How the phone's keyboard should look, and what it may fill in. */
export function inputOf({ kind, autocomplete }: Field): Input {
  const filled = { autocomplete: autocomplete ?? 'off' }
  switch (kind) {
    case 'phone':
      return { ...filled, type: 'tel', inputMode: 'tel' }
    case 'email':
      return { ...filled, type: 'email', inputMode: 'email' }
    case 'personal_number':
    case 'money':
      return { ...filled, inputMode: 'numeric' }
    default:
      return filled
  }
}

export const boxClass = (wrong: string | undefined, mild = false): string =>
  wrong === undefined ? 'field__input' : `field__input field__input--${mild ? 'mild' : 'wrong'}`

export function TextField(props: FieldProps) {
  const { field, value, set, id, wrong, mild } = props
  const shared = {
    id,
    name: id,
    class: boxClass(wrong, mild),
    value: value === undefined ? '' : String(value),
    'aria-required': props.required,
    ...describedBy(props),
  }
  return (
    <Frame {...props}>
      {field.kind === 'long_text' ? (
        <textarea {...shared} onInput={(event) => set(event.currentTarget.value)} />
      ) : (
        <input {...shared} {...inputOf(field)} onInput={(event) => set(typed(field, event.currentTarget.value))} />
      )}
    </Frame>
  )
}

/** A personal number is often written in groups; the blanks are not part of it. */
const typed = ({ kind }: Field, text: string): string =>
  kind === 'personal_number' ? text.replace(/\s/g, '') : text
