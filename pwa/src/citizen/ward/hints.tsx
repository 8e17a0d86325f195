/** Under a box of an address: names of today to choose from, and what became of an earlier one. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Address } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { here } from '../../parts/router/router.ts'
import { day } from '../../words/format.ts'
import { say } from '../../words/ward.ts'
import './hints.css'
import { elsewhere, formerProvince, formerWard, provincesLike, wardsLike, type Renamed } from './known.ts'
import { NAMES } from './names.ts'

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

export function Hints({ id, part, now, set }: HintsProps) {
  const [kept, keep] = useState('')
  const { ward = '', province = '' } = now
  const written = part === 'ward' ? ward : province
  const renamed =
    part === 'ward' ? formerWard(NAMES, ward, province, own(), today()) : formerProvince(NAMES, province, today())
  const like = part === 'ward' ? wardsLike(NAMES, ward, province) : provincesLike(NAMES, province)

  function take(name: string): void {
    const better = part === 'ward' && province.trim() === '' ? { province: NAMES.province } : {}
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
        {asks && <p>{told(renamed)}</p>}
        {renamed === null && like.length > 0 && <p class="unseen">{say('ward.found', { count: like.length })}</p>}
      </div>
      {part === 'ward' && elsewhere(NAMES, province) && <p class="small quiet">{say('ward.elsewhere')}</p>}
      <div class="hints">
        {asks && <Names names={renamed.choices} take={take} words={(name) => say('ward.take', { name })} />}
        {asks && (
          <button class="btn btn--plain" type="button" onClick={stay}>
            {say('ward.keep', { name: written.trim() })}
          </button>
        )}
        {renamed === null && <Names names={like} take={take} words={(name) => name} />}
      </div>
    </>
  )
}

function told({ former, choices }: Renamed): string {
  const words = { day: day(former.since), old: small(former.name), now: former.now.map(small).join(', ') }
  return choices.length > former.now.length ? say('ward.renamed.which', words) : say('ward.renamed', words)
}

interface Offered {
  names: readonly string[]
  take: (name: string) => void
  words: (name: string) => string
}

function Names({ names, take, words }: Offered) {
  return names.map((name) => (
    <button key={name} class="btn" type="button" onClick={() => take(name)}>
      {words(name)}
    </button>
  ))
}
