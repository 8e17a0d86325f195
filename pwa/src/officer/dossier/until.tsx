/** The last day of something (hạn), written by an officer. */
import { boxes, joined, normalDate, type Boxes } from '../../form/kinds/dates.ts'
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
  const now = boxes(until)
  const change = (part: keyof Boxes, text: string): void => set(joined({ ...now, [part]: text.replace(/\D/g, '') }))
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
              maxLength={part === 'year' ? 4 : 2}
              autocomplete="off"
              value={now[part]}
              aria-invalid={wrong === undefined ? undefined : 'true'}
              onBlur={() => set(normalDate(until))}
              onInput={(event) => change(part, event.currentTarget.value)}
            />
          </div>
        ))}
      </div>
    </Group>
  )
}
