/** The last day of something (hạn), written by an officer. */
import { useDateBoxes } from '../../parts/field/date-boxes.ts'
import { Group } from '../../parts/field/frame.tsx'
import { say } from '../../words/next.ts'
import { boxClass } from './form.tsx'

const PARTS = ['day', 'month', 'year'] as const

interface Props {
  id: string
  label: string
  hint: string
  /** `YYYY-MM-DD`, also while half typed. */
  until: string
  set: (until: string) => void
  wrong: string | undefined
}

/** Three boxes, because the office writes days in this order whatever the browser's language. */
export function Until({ id, label, hint, until, set, wrong }: Props) {
  const { shown, type, leave } = useDateBoxes(until, set)
  return (
    <Group id={id} label={label} hint={hint} wrong={wrong} required>
      <div class="date">
        {PARTS.map((part) => (
          <div key={part} class={part === 'year' ? 'date__part date__part--year' : 'date__part'}>
            <label class="field__label small" for={`${id}-${part}`}>
              {say(`date.${part}`)}
            </label>
            <input
              class={boxClass(wrong)}
              id={`${id}-${part}`}
              inputMode="numeric"
              autocomplete="off"
              value={shown[part]}
              aria-invalid={wrong === undefined ? undefined : 'true'}
              onBlur={leave}
              onInput={(event) => type(part, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}
