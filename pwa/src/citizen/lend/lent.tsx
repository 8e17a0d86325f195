/** `/tra-phi#TOKEN`: whoever was sent a pay link sees one fee and pays it; the state is live. */
import { useEffect, useState } from 'preact/hooks'

import type { Attempt, Lent } from '../../api/schema.ts'
import '../../parts/bank/bank.css'
import '../../parts/facts/facts.css'
import { Fact } from '../../parts/facts/fact.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import * as format from '../../words/format.ts'
import { say as sayLater } from '../../words/later.ts'
import { say } from '../../words/lent.ts'
import { useNames } from '../names.ts'
import { ByHand, Code, useSecondsTo } from '../pay/by-bank.tsx'
import { Next, useChoice, Warning, Ways, WentWrong } from '../pay/choosing.tsx'
import { Coming, Empty, Offline } from '../trouble.tsx'
import { begin, keep, lookAt, standingOf } from './fee.ts'

type Seen = { is: 'coming' | 'offline' | 'wrong' } | { is: 'fee'; fee: Lent; offline: boolean }

const EVERY = 4000

/** Ask again and again while the page is seen. */
function useFee(token: string): { seen: Seen; ask: () => void } {
  const [seen, setSeen] = useState<Seen>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    let left = false
    const look = async (): Promise<void> => {
      const found = await lookAt(token)
      if (left) return
      if (found.end === 'answer') setSeen({ is: 'fee', fee: found.body, offline: false })
      else if (found.end === 'refusal' && found.status < 500 && found.status !== 429) {
        clearInterval(timer)
        setSeen({ is: 'wrong' })
      } else setSeen((now) => (now.is === 'fee' ? { ...now, offline: true } : { is: 'offline' }))
    }
    const again = (): void => {
      if (document.visibilityState === 'visible') void look()
    }
    const timer = setInterval(again, EVERY)
    document.addEventListener('visibilitychange', again)
    void look()
    return () => {
      left = true
      clearInterval(timer)
      document.removeEventListener('visibilitychange', again)
    }
  }, [token, round])
  return { seen, ask: () => setRound((count) => count + 1) }
}

export function LentFee({ token }: { token: string }) {
  const { seen, ask } = useFee(token)
  if (seen.is === 'fee') return <Shown token={token} fee={seen.fee} offline={seen.offline} ask={ask} />
  return (
    <Page title={say('lent.title')}>
      {seen.is === 'coming' && <Coming />}
      {seen.is === 'offline' && <Offline again={ask} words={say('lent.offline')} />}
      {seen.is === 'wrong' && <Empty icon="lock" title={say('lent.wrong')} words={say('lent.wrong.more')} />}
    </Page>
  )
}

function Shown({ token, fee, offline, ask }: { token: string; fee: Lent; offline: boolean; ask: () => void }) {
  const [attempt, setAttempt] = useState<Attempt | null>(null)
  const standing = standingOf(fee)
  const title = standing === 'paid' || standing === 'over' ? say(`lent.${standing}`) : say('lent.title.sum', { amount: format.money(fee.due) })
  const code = attempt?.next_action?.kind === 'qr'
  return (
    <Page title={title} unit={fee.unit_office ?? fee.unit_name}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{title}</h1>
          {standing === 'open' && <p>{say('lent.asked')}</p>}
          {(standing === 'paid' || standing === 'over') && <p>{say(`lent.${standing}.more`)}</p>}
        </div>
        <About fee={fee} />
        {standing === 'confirming' && <Note words={sayLater('pay.unsure')} />}
        {offline && <Note words={sayLater('pay.offline')} />}
        {standing === 'open' && code && <Transfer attempt={attempt} fee={fee} anew={() => setAttempt(null)} />}
        {standing === 'open' && !code && attempt !== null && <Note words={attempt.next_action?.text ?? say('lent.away')} />}
        {standing === 'open' && !code && <Choose token={token} fee={fee} begun={setAttempt} ask={ask} />}
      </div>
    </Page>
  )
}

function Note({ words }: { words: string }) {
  return (
    <div class="note" role="status">
      <Icon of="hourglass" />
      <p class="note__body">{words}</p>
    </div>
  )
}

function About({ fee }: { fee: Lent }) {
  const called = useNames()
  const office = fee.unit_office ?? fee.unit_name
  const rows = [
    ['paper', say('lent.what'), called({ name: fee.procedure_name, title: fee.procedure_title })],
    ['qr', say('lent.code'), format.code(fee.code_masked).join(' ')],
    ['office', say('lent.office'), office],
    ['money', say('lent.payee'), fee.payee ?? office],
  ] as const
  return (
    <dl class="facts card">
      {rows.map(([icon, name, value]) => (
        <Fact key={name} icon={icon} name={name} value={value} />
      ))}
    </dl>
  )
}

/** The code to scan, until its time is over; then another one is made. */
function Transfer({ attempt, fee, anew }: { attempt: Attempt; fee: Lent; anew: () => void }) {
  const left = useSecondsTo(attempt.expires_at)
  const payload = attempt.next_action?.payload ?? ''
  if (left !== null && left <= 0)
    return (
      <div class="note note--wait" role="status">
        <Icon of="clock" />
        <div class="note__body stack--tight">
          <p>{sayLater('pay.expired')}</p>
          <button class="btn" type="button" onClick={anew}>
            {sayLater('bank.anew')}
          </button>
        </div>
      </div>
    )
  return (
    <>
      <Code attempt={attempt} payload={payload} amount={format.money(fee.due)} left={left} code={fee.code_masked} />
      <Note words={`${sayLater('pay.wait')} ${sayLater('pay.wait.more')}`} />
      <ByHand attempt={attempt} payload={payload} />
      <button class="btn btn--plain" type="button" onClick={anew}>
        {sayLater('pay.other')}
      </button>
    </>
  )
}

interface Choosing {
  token: string
  fee: Lent
  begun: (attempt: Attempt) => void
  ask: () => void
}

function Choose({ token, fee, begun, ask }: Choosing) {
  const choice = useChoice(fee.ways, null, {
    start: async (adapter) => {
      const result = await begin(token, adapter)
      ask()
      return result
    },
    begun: leave,
  })

  /** On to the provider's page, or to the code on this one. */
  function leave(attempt: Attempt): void {
    begun(attempt)
    const { next_action: action } = attempt
    if (action?.kind !== 'redirect' || !action.url) return
    keep(token)
    location.assign(action.url)
  }

  return (
    <form class="stack--wide" onSubmit={(event) => void choice.begin(event)}>
      {choice.chosen === null ? <Note words={say('lent.none')} /> : <Ways choice={choice} />}
      <WentWrong words={choice.words} />
      <Next chosen={choice.chosen} busy={choice.busy} />
      <Warning />
    </form>
  )
}
