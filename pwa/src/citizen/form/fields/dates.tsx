/** A date in three boxes; the year alone where the day may be unknown. */
import { boxes, joined, normalDate, type Boxes } from '../../../form/kinds/dates.ts'
import { Group } from '../../../parts/field/frame.tsx'
import { say } from '../../../words/next.ts'
import type { FieldProps } from './texts.tsx'

const PARTS = [
  { part: 'day', most: 2 },
  { part: 'month', most: 2 },
  { part: 'year', most: 4 },
] as const

/** Which box holds the fault, so that the summary's link leads to it. */
export type Mistaken = keyof Boxes | null

export function DateField(props: FieldProps & { mistaken: Mistaken }) {
  const { value, set, id, mistaken, field } = props
  const now = boxes(value)
  const birthday = field.autocomplete === 'bday' ? 'bday-' : null
  const change = (part: keyof Boxes, text: string): void => {
    const next = joined({ ...now, [part]: text.replace(/\D/g, '') })
    set(next === '' ? undefined : next)
  }
  return (
    <Group {...props}>
      <div class="date">
        {PARTS.map(({ part, most }) => (
          <div key={part} class={part === 'year' ? 'date__part date__part--year' : 'date__part'}>
            <label class="field__label" for={`${id}-${part}`}>
              {say(`date.${part}`)}
            </label>
            <input
              class={mistaken === part || (mistaken === null && props.wrong !== undefined) ? 'field__input field__input--wrong' : 'field__input'}
              id={`${id}-${part}`}
              name={`${id}-${part}`}
              inputMode="numeric"
              maxLength={most}
              autocomplete={birthday === null ? 'off' : `${birthday}${part}`}
              value={now[part]}
              aria-required={props.required && (part === 'year' || field.kind === 'date')}
              aria-invalid={props.wrong === undefined ? undefined : 'true'}
              aria-describedby={props.wrong === undefined ? undefined : `${id}-wrong`}
              onBlur={() => typeof value === 'string' && set(normalDate(value))}
              onInput={(event) => change(part, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}
