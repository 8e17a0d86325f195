/** After the scan of a poster (tờ dán): which procedure, which office, and one button. */
import { useEffect, useState } from 'preact/hooks'

import { read } from '../../api/client.ts'
import type { Poster } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import { say } from '../../words/first.ts'
import { useNames } from '../names.ts'
import { procedureAt, useReading } from '../reading.ts'
import { Broken, Coming, Offline } from '../trouble.tsx'
import { startOf } from '../ways.ts'
import { Gate } from './gate.tsx'
import type { Unit } from './other-ward.tsx'
import { Below, Nowhere, OtherWard } from './rarely.ts'

/** Codes are read in any case, with blanks or hyphens, and shown in two groups. */
const cleaned = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')
export const grouped = (code: string): string => `${code.slice(0, 4)} ${code.slice(4)}`

export function Landing({ code }: { code: string }) {
  const poster = cleaned(code)
  const { reading, again } = useReading<Poster>(`/api/v1/qr/${encodeURIComponent(poster)}`)
  if (reading.is === 'there' && reading.body.state === 'live') return <Live poster={reading.body} />
  return (
    <Page title={say('poster.title')}>
      {reading.is === 'coming' && <Coming />}
      {reading.is === 'offline' && <Offline again={again} />}
      {reading.is === 'refused' &&
        (reading.problem.status >= 500 || reading.problem.status === 429 ? (
          <Broken problem={reading.problem} again={again} />
        ) : (
          <Nowhere code={poster} poster={null} />
        ))}
      {reading.is === 'there' && <Nowhere code={poster} poster={reading.body} />}
    </Page>
  )
}

function Live({ poster }: { poster: Poster }) {
  const [unit, setUnit] = useState<Unit>(poster.unit)
  const called = useNames()
  const [choosing, setChoosing] = useState(false)
  const [first, ...others] = poster.procedures
  const single = first !== undefined && others.length === 0
  useEffect(() => {
    if (first !== undefined) void read(procedureAt(first.code, { unit: unit.code }))
  }, [unit.code])
  if (choosing) {
    const chosen = (next: Unit): void => {
      setUnit(next)
      setChoosing(false)
    }
    return <OtherWard now={unit} choose={chosen} back={() => setChoosing(false)} />
  }
  const office = unit.office ?? unit.name
  return (
    <Page title={single ? called(first) : poster.unit.name} unit={office} bare>
      <Gate>
        <p class="small">
          <span class="tag tag--safe">
            <Icon of="qr" />
            {say('poster.number', { code: grouped(poster.code) })}
          </span>
        </p>
        <h1>{single ? called(first) : say('poster.choose')}</h1>
        <p>
          <Rich text={say('poster.receives', { unit: office })} />
        </p>
        {poster.procedures.map((procedure) => (
          <a
            key={procedure.code}
            class={single ? 'btn btn--main' : 'btn'}
            href={startOf(procedure.code, unit.code, poster.code)}
          >
            {single ? say('start.begin') : called(procedure)} <Icon of="next" />
          </a>
        ))}
        <p class="small">
          <button class="link" type="button" onClick={() => setChoosing(true)}>
            <Icon of="pin" size="s" />
            {say('start.otherward')}
          </button>
        </p>
      </Gate>
      <Below poster={poster} unit={unit.code} called={called} />
    </Page>
  )
}
