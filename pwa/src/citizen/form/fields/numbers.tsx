/** Money and numbers without a small range. */
import { numberIn } from '../../../form/kinds/numbers.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Frame } from '../../../parts/field/frame.tsx'
import { grouped } from '../../../words/format.ts'
import { say } from '../../../words/next.ts'
import { boxClass, inputOf, type FieldProps } from './texts.tsx'

export function NumberField(props: FieldProps) {
  const { field, value, set, id, wrong, mild } = props
  return (
    <Frame {...props}>
      <input
        id={id}
        name={id}
        class={boxClass(wrong, mild)}
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
