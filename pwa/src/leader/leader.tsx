/** The desk of the district's leaders (lãnh đạo): the wards' table, and what is behind a number. */
import '../parts/note/note.css'
import { today } from '../form/today.ts'
import { Desk } from '../parts/desk/frame.tsx'
import { Gate } from '../parts/desk/gate.tsx'
import { useLoad, useReturning } from '../parts/desk/load.ts'
import type { Me } from '../parts/desk/session.ts'
import { Waiting } from '../parts/desk/trouble.tsx'
import '../parts/icon/more.ts'
import { usePlace } from '../parts/router/router.ts'
import { say } from '../words/leader.ts'
import { Behind } from './behind.tsx'
import { idOf } from './periods.ts'
import { openAt, type Open } from './place.ts'
import type { Table } from './shapes.ts'
import { Wards } from './wards.tsx'

const HOME = '/lanh-dao/'

export function Leader() {
  return <Gate desk="leader">{(me) => <Opened me={me} />}</Gate>
}

const pathOf = ({ whole, period }: Open): string =>
  `/api/v1/targets?${new URLSearchParams({ unit: whole, period: idOf(period) }).toString()}`

function Opened({ me }: { me: Me }) {
  const { query } = usePlace()
  const open = openAt(query, me.units, today())
  const { load, again } = useLoad<Table>(pathOf(open))
  useReturning(again)
  const table = load.is === 'there' && load.body.period === idOf(open.period) ? load.body : null
  const figures = table?.items.filter((figure) => figure.indicator === open.indicator) ?? []
  const shown = figures.find((figure) => figure.unit === open.unit)
  const title = say(`${open.indicator}.title`)
  return (
    <Desk
      me={me}
      title={shown === undefined ? title : `${shown.unit_name}, ${title}`}
      menu={[{ href: HOME, icon: 'chart', words: say('menu.wards') }]}
      here={HOME}
    >
      {table === null ? (
        <div class="stack">
          <h1>{title}</h1>
          <Waiting load={load.is === 'there' ? { is: 'coming' } : load} again={again} />
        </div>
      ) : shown === undefined ? (
        <Wards me={me} open={open} table={table} figures={figures} />
      ) : (
        <Behind key={pathOf(open) + shown.unit + open.indicator} open={open} figure={shown} definition={table.definitions.find(({ id }) => id === open.indicator)} />
      )}
    </Desk>
  )
}
