/** The officer's menu, and how much waits behind each item. */
import { useEffect, useState } from 'preact/hooks'

import { ask, useSession } from '../parts/desk/session.ts'
import type { MenuItem } from '../parts/desk/frame.tsx'
import { say } from '../words/officer.ts'
import type { List, Money, Refund, Sending } from './shapes.ts'
import { way } from './ways.ts'

interface Counts {
  sending?: number
  money?: number
  refunds?: number
}

let known: Counts = {}
let whose = ''

/** What one officer has read tells the next one nothing. */
function belongsTo(login: string): void {
  if (login !== whose) known = {}
  whose = login
}

/** Remember how long a list was when it was last read. */
export function noteCount(counts: Counts): void {
  known = { ...known, ...counts }
}

/** Read the lists once for their lengths; the pages themselves read them anew. */
export function useMenu(): readonly MenuItem[] {
  const session = useSession()
  if (session.is === 'in') belongsTo(session.me.login)
  const [counts, setCounts] = useState(known)
  useEffect(() => {
    if (known.sending !== undefined && known.money !== undefined && known.refunds !== undefined) return
    void Promise.all([
      ask<Sending>('/api/v1/workbench/sending'),
      ask<List<Money>>('/api/v1/workbench/money'),
      ask<List<Refund>>('/api/v1/workbench/money/refunds'),
    ]).then(([sending, money, refunds]) => {
      if (sending.end === 'answer')
        noteCount({ sending: sending.body.items.length + sending.body.discrepancies.length })
      if (money.end === 'answer') noteCount({ money: money.body.items.length })
      if (refunds.end === 'answer') noteCount({ refunds: refunds.body.items.length })
      setCounts(known)
    })
  }, [])
  return [
    { href: way.inbox, icon: 'paper', words: say('menu.inbox') },
    { href: way.sending, icon: 'way', words: say('menu.sending'), count: counts.sending },
    { href: way.money, icon: 'money', words: say('menu.money'), count: counts.money },
    { href: way.refunds, icon: 'people', words: say('menu.refunds'), count: counts.refunds },
    { href: way.shifts, icon: 'hourglass', words: say('menu.shifts') },
    { href: way.closes, icon: 'calendar', words: say('menu.closes') },
    { href: way.posters, icon: 'qr', words: say('menu.posters') },
  ]
}
