/** Money and numbers without a small range. */
import type { Value } from '../../../form/definition.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Frame } from '../../../parts/field/frame.tsx'
import { grouped } from '../../../words/format.ts'
import { say } from '../../../words/next.ts'
import { boxClass, inputOf, type FieldProps } from './texts.tsx'

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
        {...describedBy(props, field.kind === 'money' ? `${id}-dong` : null)}
        inputMode="numeric"
        onInput={(event) => set(numberIn(event.currentTarget.value))}
      />
      {field.kind === 'money' && (
        <p class="field__price num" id={`${id}-dong`}>
          {typeof value === 'number' && `${grouped(value)} `}
          {say('money.unit')}
        </p>
      )}
    </Frame>
  )
}

/** Digits alone are a number, all else waits to be mended. */
export function numberIn(text: string): Value | undefined {
  const thousands = /^\d{1,3}(\.\d{3})+$/.test(text.trim())
  const digits = text.replace(thousands ? /[\s.]/g : /\s/g, '')
  if (digits === '') return undefined
  return /^\d{1,15}$/.test(digits) ? Number(digits) : text
}
