/** An address in the two levels of today: province or city, ward or commune; then the street. */
import type { Address } from '../../../form/definition.ts'
import { Group } from '../../../parts/field/frame.tsx'
import { say } from '../../../words/first.ts'
import type { FieldProps } from './texts.tsx'

const PARTS = [
  { part: 'street', fill: 'street-address' },
  { part: 'ward', fill: 'address-level2' },
  { part: 'province', fill: 'address-level1' },
] as const

const BLANK: Address = { province: '', ward: '', street: '' }

export function AddressField(props: FieldProps) {
  const { value, set, id, wrong, field } = props
  const now = typeof value === 'object' && !Array.isArray(value) ? (value as Address) : BLANK
  const own = field.is?.startsWith('requester') === true
  return (
    <Group {...props}>
      {PARTS.map(({ part, fill }) => (
        <div key={part} class="field field--part">
          <label for={part === 'ward' ? id : `${id}-${part}`}>{say(`address.${part}`)}</label>
          <input
            class={wrong !== undefined && part === 'ward' ? 'field__input field__input--wrong' : 'field__input'}
            id={part === 'ward' ? id : `${id}-${part}`}
            name={`${id}-${part}`}
            autocomplete={own ? fill : 'off'}
            value={now[part]}
            aria-invalid={wrong !== undefined && part === 'ward' ? 'true' : undefined}
            aria-describedby={wrong === undefined ? undefined : `${id}-wrong`}
            onInput={(event) => set({ ...now, [part]: event.currentTarget.value })}
          />
        </div>
      ))}
    </Group>
  )
}
