/** One of several, yes or no. The whole card is the target. */
import { Group } from '../../../parts/field/frame.tsx'
import '../../../parts/choice/choice.css'
import { say } from '../../../words/first.ts'
import type { FieldProps } from './texts.tsx'

export function ChoiceField(props: FieldProps) {
  const { field, value, set, id } = props
  return (
    <Group {...props}>
      {(field.options ?? []).map((option, index) => (
        <label key={option.id} class="choice">
          <input
            class="choice__input"
            type="radio"
            name={id}
            id={index === 0 ? id : `${id}-${option.id}`}
            checked={value === option.id}
            aria-describedby={props.wrong === undefined ? undefined : `${id}-wrong`}
            onChange={() => set(option.id)}
          />
          <span class="choice__body">
            <b>{option.label}</b>
            {option.hint && <span class="field__hint">{option.hint}</span>}
          </span>
        </label>
      ))}
    </Group>
  )
}

export function YesNoField(props: FieldProps) {
  const { value, set, id } = props
  return (
    <Group {...props}>
      <div class="seg">
        {([true, false] as const).map((answer) => (
          <label key={String(answer)} class="choice">
            <input
              class="choice__input"
              type="radio"
              name={id}
              id={answer ? id : `${id}-no`}
              checked={value === answer}
              aria-describedby={props.wrong === undefined ? undefined : `${id}-wrong`}
              onChange={() => set(answer)}
            />
            <span class="choice__body">
              <b>{say(answer ? 'field.yes' : 'field.no')}</b>
            </span>
          </label>
        ))}
      </div>
    </Group>
  )
}
