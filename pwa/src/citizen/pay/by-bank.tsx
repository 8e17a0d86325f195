/** A bank transfer by VietQR: the code, the minutes left, and each part to copy by hand. */
import { useEffect, useState } from 'preact/hooks'

import type { Lost, Refusal } from '../../api/client.ts'
import { serverNow } from '../../api/clock.ts'
import type { Attempt } from '../../api/schema.ts'
import { codeOf, startPayment } from '../../drafts/status.ts'
import '../../parts/bank/bank.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Qr } from '../../parts/qr/qr.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { mayNotSave } from '../beside/browser.ts'
import { Call } from '../beside/call.tsx'
import { drawn, type Piece } from '../picture/draw.ts'
import { Hold } from '../picture/hold.tsx'
import { save } from '../picture/save.ts'
import { unhappy } from '../refused.ts'
import { placeOf } from '../track/standing.ts'
import { way } from '../ways.ts'
import { Copy } from './copy.tsx'
import { ToClaim } from './exempt.tsx'
import { dueNow } from './offer.ts'
import { Partly, type PayProps } from './pay.tsx'
import { waysOf } from './places.ts'
import { partsOf } from './vietqr.ts'

/** While the provider is in doubt there is no code to pay by: nobody shall pay twice. */
const WAITING = ['created', 'pending']

export function ByBank(props: PayProps & { attempt: Attempt }) {
  const { dossier, definition, obligation, attempt, ask, freshness } = props
  const [told, setTold] = useState<'asked' | null>(null)
  const left = useSecondsTo(attempt.expires_at)
  const payload = attempt.next_action?.payload ?? null
  const open = WAITING.includes(attempt.state) && (left === null || left > 0) && payload !== null
  const amount = format.money(attempt.next_action?.transfer?.amount ?? dueNow(obligation))
  const unsure = attempt.state === 'unknown'
  const title = unsure ? say('pay.checking') : say('bank.title', { amount })
  if (attempt.state === 'review') return <InReview {...props} />
  return (
    <Page title={title} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <div>
          <h1>{title}</h1>
          <p class="quiet">
            {say('bank.payee')} <b>{attempt.next_action?.transfer?.name ?? dossier.unit.name}</b>
          </p>
        </div>
        <Partly obligation={obligation} />
        {open && <Code attempt={attempt} payload={payload} amount={amount} left={left} code={codeOf(dossier)} />}
        {!open && !unsure && <Over {...props} />}
        {(open || unsure) && <Waiting attempt={attempt} told={told} freshness={freshness} />}
        {open && <ByHand attempt={attempt} payload={payload} />}
        <div class="stack--tight">
          <button
            class="btn"
            type="button"
            onClick={() => {
              setTold('asked')
              ask()
            }}
          >
            {say('bank.done')}
          </button>
          <a class="btn btn--plain" href={waysOf(dossier.id, obligation)}>
            {say('pay.other')}
          </a>
          <ToClaim id={dossier.id} definition={definition} obligation={obligation} kind="btn btn--plain" />
        </div>
      </div>
    </Page>
  )
}

/** Seconds until a moment of the server's, counted down; null when there is no end, or its clock is not known yet. */
export function useSecondsTo(moment: string | null): number | null {
  const count = (): number | null => {
    const now = serverNow()
    return moment === null || now === null ? null : Math.max(0, Math.round((Date.parse(moment) - now) / 1000))
  }
  const [left, setLeft] = useState(count)
  useEffect(() => {
    setLeft(count())
    const timer = setInterval(() => setLeft(count()), 1000)
    return () => clearInterval(timer)
  }, [moment])
  return left
}

interface CodeProps {
  attempt: Attempt
  payload: string
  amount: string
  left: number | null
  code: string
}

/** Above this the time is said in hours, because nobody counts down a day. */
const HOUR = 3600

function clock(left: number): string {
  if (left > HOUR) return say('bank.hours', { hours: Math.floor(left / HOUR) })
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
}

/** The code as a picture, and below it all that a transfer needs: it can be paid from any phone. */
function pictured(payload: string, attempt: Attempt): Piece[] {
  const transfer = attempt.next_action?.transfer ?? partsOf(payload)
  if (transfer === null) return [{ code: payload }]
  const { amount, name, bank, account, memo } = transfer
  const rows = [
    [say('bank.amount'), format.money(amount)],
    [say('bank.payee').replace(':', ''), name],
    [say('bank.account'), `${account}, ${bank}`],
    [say('bank.memo'), memo],
    [say('bank.until'), attempt.expires_at === null ? '' : format.moment(attempt.expires_at)],
  ] as const
  const said = rows.filter(([, value]) => value !== '')
  return [{ code: payload }, ...said.flatMap(([what, value]): Piece[] => [{ text: what, size: 'small' }, { text: value, bold: true }])]
}

export function Code({ attempt, payload, amount, left, code }: CodeProps) {
  const name = `vietqr-${code.replaceAll('•', '')}.png`
  const label = say('bank.qr', { amount, code: format.code(code).join(' ') })
  const pieces = pictured(payload, attempt)
  const saves = !mayNotSave()
  const held = <Hold pieces={() => pieces} name={name} label={say('bank.held', { amount })} words={say('bank.hold')} />
  return (
    <div class="card card--lift stack--tight">
      {saves ? (
        <div class="bank__code">
          <div class="bank__frame" id="vietqr">
            <Qr kind="bank__qr" text={payload} label={label} />
          </div>
        </div>
      ) : (
        held
      )}
      {left !== null && (
        <p class="bank__clock" role="timer">
          <Icon of="clock" size="s" />
          {say('bank.left')} <b class="num">{clock(left)}</b>
        </p>
      )}
      {saves && (
        <>
          <button class="btn" type="button" onClick={() => void drawn(pieces).then((picture) => picture && save(picture, name))}>
            <Icon of="save" />
            {say('bank.picture')}
          </button>
          {held}
        </>
      )}
      <p class="small quiet">{say('bank.picture.more')}</p>
    </div>
  )
}

function Waiting({ attempt, told, freshness }: { attempt: Attempt; told: 'asked' | null; freshness: string }) {
  return (
    <div class="note" role="status">
      <span class="side side--mid">
        <span class="pulse" />
      </span>
      <p class="note__body">
        {freshness === 'offline' ? (
          say('pay.offline')
        ) : attempt.state === 'unknown' ? (
          say('pay.unsure')
        ) : (
          <>
            <b>{say('pay.wait')}</b> {told === null ? say('pay.wait.more') : say('bank.asked')}
          </>
        )}
      </p>
    </div>
  )
}

export function ByHand({ attempt, payload }: { attempt: Attempt; payload: string }) {
  const transfer = attempt.next_action?.transfer ?? partsOf(payload)
  if (transfer === null) return null
  const { bank, account, amount, memo } = transfer
  return (
    <section class="card">
      <h2>{say('bank.hand')}</h2>
      <dl class="rows copies">
        <div class="copy">
          <dt class="copy__what">{say('bank.bank')}</dt>
          <dd class="copy__value">{bank}</dd>
        </div>
        <Copy what={say('bank.account')} shown={account} text={account} done={say('bank.account.done')} />
        <Copy what={say('bank.amount')} shown={format.money(amount)} text={String(amount)} done={say('bank.amount.done')} />
        <Copy what={say('bank.memo')} shown={memo} text={memo} done={say('bank.memo.done')} mono />
      </dl>
    </section>
  )
}

/** Money has come that does not fit: an officer decides, the person must not pay again. */
export function InReview({ dossier, obligation }: Pick<PayProps, 'dossier' | 'obligation'>) {
  return (
    <Page title={say('pay.review.title')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        <h1>{say('pay.review.title')}</h1>
        <Partly obligation={obligation} />
        <div class="note note--wait" role="status">
          <Icon of="hourglass" />
          <p class="note__body">{say('pay.review')}</p>
        </div>
        <Call unit={dossier.unit} />
        <a class="btn btn--main" href={way.follow(dossier.id)}>
          {say('proof.follow')}
        </a>
      </div>
    </Page>
  )
}

/** The time is over, or the attempt came to nothing: late money still counts. */
function Over({ dossier, attempt }: PayProps & { attempt: Attempt }) {
  const [failed, setFailed] = useState<Refusal | Lost | null>(null)
  async function anew(): Promise<void> {
    const result = await startPayment(dossier, attempt.adapter)
    if (result.end !== 'answer') setFailed(result)
  }
  return (
    <div class="note note--wait" role="status">
      <Icon of="clock" />
      <div class="note__body stack--tight">
        <p>{say('pay.expired')}</p>
        <button class="btn" type="button" onClick={() => void anew()}>
          {say('bank.anew')}
        </button>
        {failed !== null && <p role="alert">{unhappy(failed)}</p>}
      </div>
    </div>
  )
}
