/** What a search on the first page finds: procedures, what comes near, what another office does. */
import type { Chooser, Elsewhere } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/find.ts'
import type { Body, Cause } from './home.tsx'
import { Choosers, Rows } from './rows.tsx'
import { find, type Hits } from './search.ts'

export interface FoundProps {
  cause: Cause
  body: Body
  typed: string
}

export function Found({ cause, body, typed }: FoundProps) {
  const hits = find(body.items, typed, body)
  const codes = new Set(hits.lines.map(({ code }) => code))
  const leads = ({ questions }: Chooser): boolean => questions.some(({ options }) => options.some(({ procedure }) => codes.has(procedure ?? '')))
  const known = body.choosers ?? []
  const families = codes.size === 0 ? known : known.filter(leads)
  return (
    <>
      <p class={codes.size > 0 && !hits.near ? 'small quiet' : ''} role="status">
        {told(hits)}
      </p>
      {hits.near && <h2>{say('find.near')}</h2>}
      {codes.size > 0 && <Rows cause={cause} found={hits.lines} />}
      {hits.elsewhere.map((one) => (
        <Door key={one.id} one={one} />
      ))}
      {families.length > 0 && <Choosers found={families} />}
    </>
  )
}

function told({ lines, near, elsewhere }: Hits<unknown>): string {
  if (near) return say('find.only.near')
  if (lines.length > 0) return say('find.found', { count: lines.length })
  return say(elsewhere.length > 0 ? 'find.elsewhere' : 'find.nothing')
}

/** What another office does, and which. */
function Door({ one: { title, office, unverified } }: { one: Elsewhere }) {
  return (
    <div class="note">
      <Icon of="door" />
      <div class="note__body stack--tight">
        <h2 class="note__title">{title}</h2>
        <p>{office}</p>
        {unverified && <p class="small">{say('find.unverified')}</p>}
      </div>
    </div>
  )
}
