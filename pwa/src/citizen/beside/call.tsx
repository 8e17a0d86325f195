/** The ward's phone, as the ward itself wrote it. */
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/beside.ts'
import { whole } from '../../words/whole.ts'
import { useReading, type Reading } from '../reading.ts'

export interface Desk {
  code: string
  phone?: string | null
  address?: string | null
  hours?: string
}

export const useDesks = (): Reading<{ items: Desk[] }> => useReading<{ items: Desk[] }>('/api/v1/units').reading

/** Nothing where the ward has none, or without network. */
export function Call({ unit: { code, name } }: { unit: { code: string; name: string } }) {
  const desks = useDesks()
  const phone = desks.is === 'there' ? desks.body.items.find((desk) => desk.code === code)?.phone : null
  const digits = phone?.replace(/\(.*\)|\D/g, '')
  if (!phone || !digits) return null
  return (
    <a class="btn" href={`tel:${digits}`}>
      <Icon of="call" />
      <span>
        {say('help.call', { unit: name })} <span class="help__number">{whole(phone)}</span>
      </span>
    </a>
  )
}
