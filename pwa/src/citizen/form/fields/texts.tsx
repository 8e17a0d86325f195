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
function inputOf({ kind, autocomplete }: Field): Input {
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

const boxClass = (wrong: string | undefined): string =>
  wrong === undefined ? 'field__input' : 'field__input field__input--wrong'

export function TextField(props: FieldProps) {
  const { field, value, set, id, wrong } = props
  const shared = {
    id,
    name: id,
    class: boxClass(wrong),
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

/** Money and numbers without a small range: digits alone are a number, all else waits to be mended. */
export function NumberField(props: FieldProps) {
  const { field, value, set, id, wrong } = props
  return (
    <Frame {...props}>
      <input
        id={id}
        name={id}
        class={boxClass(wrong)}
        value={value === undefined ? '' : String(value)}
        aria-required={props.required}
        {...inputOf(field)}
        {...describedBy(props)}
        inputMode="numeric"
        onInput={(event) => set(numberIn(event.currentTarget.value))}
      />
    </Frame>
  )
}

export function numberIn(text: string): Value | undefined {
  const thousands = /^\d{1,3}(\.\d{3})+$/.test(text.trim())
  const digits = text.replace(thousands ? /[\s.]/g : /\s/g, '')
  if (digits === '') return undefined
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text
}
