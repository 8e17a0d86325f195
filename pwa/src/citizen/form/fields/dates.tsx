/** A date in three boxes; the year alone where the day may be unknown. */
import type { Boxes } from '../../../form/kinds/dates.ts'
import { useDateBoxes } from '../../../parts/field/date-boxes.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Group } from '../../../parts/field/frame.tsx'
import { say } from '../../../words/next.ts'
import { boxClass, type FieldProps } from './texts.tsx'

const PARTS = ['day', 'month', 'year'] as const

/** Which box holds the fault, so that the summary's link leads to it. */
export type Mistaken = keyof Boxes | null

export function DateField(props: FieldProps & { mistaken: Mistaken }) {
  const { value, set, id, mistaken, field } = props
  const { shown, type, leave } = useDateBoxes(typeof value === 'string' ? value : '', (next) => set(next === '' ? undefined : next))
  const birthday = field.autocomplete === 'bday' ? 'bday-' : null
  return (
    <Group {...props}>
      <div class="date">
        {PARTS.map((part) => (
          <div key={part} class={part === 'year' ? 'date__part date__part--year' : 'date__part'}>
            <label class="field__label" for={`${id}-${part}`}>
              {say(`date.${part}`)}
            </label>
            <input
              class={boxClass(mistaken === part || mistaken === null ? props.wrong : undefined, props.mild)}
              id={`${id}-${part}`}
              name={`${id}-${part}`}
              inputMode="numeric"
              autocomplete={birthday === null ? 'off' : `${birthday}${part}`}
              value={shown[part]}
              aria-required={props.required && (part === 'year' || field.kind === 'date')}
              {...describedBy({ id, wrong: props.wrong, mild: props.mild })}
              onBlur={leave}
              onInput={(event) => type(part, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}
