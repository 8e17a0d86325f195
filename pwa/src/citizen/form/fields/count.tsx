/** How many: minus, the figure, plus; what it costs stands under the label and changes at once. */
import { numberIn } from '../../../form/kinds/numbers.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Frame } from '../../../parts/field/frame.tsx'
import { Icon } from '../../../parts/icon/icon.tsx'
import { say } from '../../../words/next.ts'
import type { FieldProps } from './texts.tsx'

export function CountField(props: FieldProps & { price: string | null }) {
  const { field, value, set, id, price } = props
  const least = typeof field.min === 'number' ? field.min : 0
  const most = typeof field.max === 'number' ? field.max : Number.MAX_SAFE_INTEGER
  const now = typeof value === 'number' ? value : least
  const step = (by: number): void => set(Math.min(most, Math.max(least, now + by)))
  return (
    <Frame {...props}>
      <div class="count">
        <button class="count__btn" type="button" aria-label={say('count.less')} onClick={() => step(-1)}>
          <Icon of="minus" />
        </button>
        <input
          id={id}
          name={id}
          class="count__figure"
          inputMode="numeric"
          autocomplete="off"
          value={value === undefined ? '' : String(value)}
          aria-required={props.required}
          {...describedBy(props, price === null ? null : `${id}-price`)}
          onInput={(event) => set(numberIn(event.currentTarget.value))}
        />
        <button class="count__btn" type="button" aria-label={say('count.more')} onClick={() => step(1)}>
          <Icon of="plus" />
        </button>
      </div>
      {price !== null && (
        <p class="field__price num" id={`${id}-price`} role="status">
          {price}
        </p>
      )}
    </Frame>
  )
}
