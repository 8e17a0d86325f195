/** The desk of the ward's officers (bộ phận một cửa): which page stands at which address. */
import { Gate } from '../parts/desk/gate.tsx'
import type { Me } from '../parts/desk/session.ts'
import '../parts/icon/more.ts'
import { usePlace, type Place } from '../parts/router/router.ts'
import { DossierPage } from './dossier/dossier.tsx'
import { Inbox } from './inbox/inbox.tsx'
import { ClosePage } from './money/close.tsx'
import { ClosesPage } from './money/closes.tsx'
import { MoneyPage } from './money/money.tsx'
import { MovementPage } from './money/movement.tsx'
import { RefundPage } from './money/refund.tsx'
import { RefundsPage } from './money/refunds.tsx'
import { ShiftPage } from './money/shift.tsx'
import { ShiftsPage } from './money/shifts.tsx'
import { Posters } from './posters/posters.tsx'
import { SendingPage } from './sending/sending.tsx'

function pageFor({ path, query, fragment }: Place, me: Me) {
  const [, , section = ''] = path.split('/')
  switch (section) {
    case 'ho-so':
      return fragment === '' ? <Inbox key={query.toString()} query={query} me={me} /> : <DossierPage key={fragment} code={fragment} me={me} />
    case 'chuyen':
      return <SendingPage me={me} />
    case 'tien':
      return fragment === '' ? <MoneyPage me={me} /> : <MovementPage key={fragment} id={fragment} me={me} />
    case 'hoan-tien':
      return fragment === '' ? <RefundsPage key={query.toString()} query={query} me={me} /> : <RefundPage key={fragment} id={fragment} me={me} />
    case 'ca-thu':
      return fragment === '' ? <ShiftsPage me={me} /> : <ShiftPage key={fragment} id={fragment} me={me} />
    case 'doi-soat':
      return fragment === '' ? <ClosesPage me={me} /> : <ClosePage key={fragment} id={fragment} me={me} />
    case 'to-dan':
      return <Posters me={me} />
    default:
      return <Inbox key={query.toString()} query={query} me={me} />
  }
}

export function Officer() {
  const place = usePlace()
  return <Gate desk="officer">{(me) => pageFor(place, me)}</Gate>
}
