/** An address as it is written and read back: the street, then the two levels of today, ward or commune, province or city. */
import type { Address } from '../../../form/definition.ts'
import { describedBy } from '../../../parts/field/described.ts'
import { Frame, Group } from '../../../parts/field/frame.tsx'
import { lazy } from '../../../parts/lazy/lazy.tsx'
import { say } from '../../../words/next.ts'
import type { HintsProps } from '../../ward/hints.tsx'
import type { Told } from '../told.ts'
import { growing } from './lines.tsx'
import { boxClass, type FieldProps } from './texts.tsx'

const PARTS = [
  { part: 'street', fill: 'street-address' },
  { part: 'ward', fill: 'address-level2' },
  { part: 'province', fill: 'address-level1' },
] as const

/** Where they cannot come, the boxes do without. */
const Hints = lazy<HintsProps>(async () => {
  try {
    return (await import('../../ward/hints.tsx')).Hints
  } catch {
    return () => null // their styles may be what did not come, so the import itself is awaited here
  }
})

const BLANK: Address = { province: '', ward: '', street: '' }

export function AddressField(props: FieldProps & { faults: readonly Told[] }) {
  const { value, set, id, field, faults } = props
  const now = typeof value === 'object' && !Array.isArray(value) ? (value as Address) : BLANK
  const own = field.is?.startsWith('requester') === true
  return (
    <Group {...props} wrong={undefined}>
      {PARTS.map(({ part, fill }) => {
        const fault = faults.find(({ at }) => at === `${id}/${part}`)
        const put = (text: string): void => set({ ...now, [part]: text })
        const shared = {
          class: boxClass(fault?.words, fault?.mild),
          id: `${id}/${part}`,
          name: `${id}-${part}`,
          autocomplete: own ? fill : 'off',
          value: now[part] ?? '',
          ...describedBy({ id: `${id}/${part}`, wrong: fault?.words, mild: fault?.mild }),
        }
        return (
          <Frame
            key={part}
            id={`${id}/${part}`}
            label={say(`address.${part}`)}
            required={part !== 'street'}
            wrong={fault?.words}
            mild={fault?.mild}
            part
          >
            {part === 'street' ? <textarea {...shared} {...growing(put)} /> : <input {...shared} onInput={(event) => put(event.currentTarget.value)} />}
            {part !== 'street' && <Hints id={`${id}/${part}`} part={part} now={now} set={set} />}
          </Frame>
        )
      })}
    </Group>
  )
}
