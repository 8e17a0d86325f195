/** Under a box of an address: names of today to choose from, and what became of an earlier one. */
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Address } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { useReturn } from '../../parts/lazy/network.ts'
import { here } from '../../parts/router/router.ts'
import { day } from '../../words/format.ts'
import { say } from '../../words/ward.ts'
import './hints.css'
import { formerProvince, formerWard, isNoProvince, provinceOf, provincesLike, wardsLike, type Names, type Renamed } from './known.ts'
import { HOME, namesOf, PROVINCES } from './names.ts'

export interface HintsProps {
  /** The box under which this stands. */
  id: string
  part: 'ward' | 'province'
  now: Address
  set: (value: Address) => void
}

/** Inside a sentence the kind of a unit is written small: phường Long Hưng. */
const small = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1)

/** The office that takes the open dossier, by its name. */
const own = (): string => book.get(here().fragment.split('/')[0] ?? '')?.unit.name ?? ''

/** The names that help with a ward: of the province that is written, of ours while none is. */
function useNames(province: string): Names | 'unknown' | 'away' | null {
  const [names, setNames] = useState<Names | 'away' | null>(HOME)
  const [round, setRound] = useState(0)
  const written = province.trim() === '' ? null : provinceOf(PROVINCES, province)
  useReturn(() => setRound((count) => count + 1), names === 'away')
  useEffect(() => {
    let left = false
    if (written !== null) void namesOf(written).then((found) => left || setNames(found ?? 'away'))
    return () => {
      left = true
    }
  }, [written, round])
  if (province.trim() === '') return HOME
  if (written === null) return isNoProvince(PROVINCES, province) ? 'unknown' : null
  return names === 'away' || names?.province === written.name ? names : null
}

export function Hints(props: HintsProps) {
  return props.part === 'ward' ? <WardHints {...props} /> : <ProvinceHints {...props} />
}

function WardHints(props: HintsProps) {
  const { ward = '', province = '' } = props.now
  const names = useNames(province)
  if (names === 'unknown' || names === 'away') return <p class="hints__told small quiet">{say(`ward.${names}`)}</p>
  if (names === null) return null
  const better = province.trim() === '' ? { province: HOME.province } : {}
  return <Told {...props} written={ward} better={better} renamed={formerWard(names, ward, province, own(), today())} like={wardsLike(names, ward)} />
}

function ProvinceHints(props: HintsProps) {
  const { province = '' } = props.now
  const renamed = formerProvince(PROVINCES, HOME.since, province, today())
  return <Told {...props} written={province} better={{}} renamed={renamed} like={provincesLike(PROVINCES, province)} />
}

interface ToldProps extends HintsProps {
  written: string
  /** What else is known once a name is taken. */
  better: Partial<Address>
  renamed: Renamed | null
  like: readonly string[]
}

function Told({ id, part, now, set, written, better, renamed, like }: ToldProps) {
  const [kept, keep] = useState('')
  function take(name: string): void {
    set({ ...now, ...better, [part]: name })
    document.getElementById(id)?.focus()
  }
  function stay(): void {
    keep(written)
    document.getElementById(id)?.focus()
  }
  const asks = renamed !== null && kept !== written
  return (
    <>
      <div role="status">
        {asks && <p class="hints__told">{told(renamed)}</p>}
        {renamed === null && like.length > 0 && <p class="unseen">{say('ward.found', { count: like.length })}</p>}
      </div>
      <div class="hints">
        {asks && <Offer names={renamed.choices} take={take} words={(name) => say('ward.take', { name })} />}
        {asks && (
          <button class="btn btn--plain" type="button" onClick={stay}>
            {say('ward.keep', { name: written.trim() })}
          </button>
        )}
        {renamed === null && <Offer names={like} take={take} words={(name) => name} />}
      </div>
    </>
  )
}

function told({ name, since, now, choices }: Renamed): string {
  if (choices.length === 0) return say('ward.renamed.many', { day: day(since), old: small(name) })
  const words = { day: day(since), old: small(name), now: now.map(small).join(', ') }
  return choices.length > now.length ? say('ward.renamed.which', words) : say('ward.renamed', words)
}

interface Offered {
  names: readonly string[]
  take: (name: string) => void
  words: (name: string) => string
}

function Offer({ names, take, words }: Offered) {
  return names.map((name) => (
    <button key={name} class="btn" type="button" onClick={() => take(name)}>
      {words(name)}
    </button>
  ))
}
