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

/** With `lines`, what a box of lines does otherwise. */
export function TextField({ lines, ...props }: FieldProps & { lines?: object | undefined }) {
  const { field, value, set, id, wrong, mild } = props
  const Box = (lines === undefined ? 'input' : 'textarea') as 'input'
  return (
    <Frame {...props}>
      <Box
        id={id}
        name={id}
        class={boxClass(wrong, mild)}
        value={value === undefined ? '' : String(value)}
        aria-required={props.required}
        {...describedBy(props)}
        {...inputOf(field)}
        onInput={(event) => set(typed(field, event.currentTarget.value))}
        {...lines}
      />
    </Frame>
  )
}

/** A personal number is often written in groups; the blanks are not part of it. */
const typed = ({ kind }: Field, text: string): string =>
  kind === 'personal_number' ? text.replace(/\s/g, '') : text
