/** Looking a dossier up (tra cứu) by its code and the last four digits of the phone. */
import { useState } from 'preact/hooks'

import { call, type Lost, type Refusal } from '../../api/client.ts'
import type { Tracked } from '../../api/schema.ts'
import { book, useBook } from '../../drafts/book.ts'
import { codeOf } from '../../drafts/status.ts'
import { Fact } from '../../parts/facts/fact.tsx'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { Summary } from '../../parts/summary/summary.tsx'
import { say as sayBeside } from '../../words/beside.ts'
import { language } from '../../words/say.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { useNames } from '../names.ts'
import { unhappy } from '../refused.ts'
import { Call } from '../beside/call.tsx'
import { way } from '../ways.ts'
import { expectedIf } from './expected.ts'
import type { NewKeyProps } from './new-key.tsx'
import { isOver } from './standing.ts'
import { visitTold } from './visit-told.ts'

/** Few open the whole dossier on another device than that which sent it. */
const NewKey = lazy<NewKeyProps>(async () => (await import('./new-key.tsx')).NewKey, 'part')

const LENGTH = 13
const cleaned = (text: string): string => text.toUpperCase().replace(/[^0-9A-Z]/g, '')

/** What is wrong with one of the two boxes, in whichever language the page is read. */
interface Wrong {
  at: 'ma' | 'so'
  words: () => string
}

export function LookUp({ code: given }: { code: string }) {
  const [code, setCode] = useState(cleaned(given).slice(0, LENGTH))
  const [digits, setDigits] = useState('')
  const [wrong, setWrong] = useState<readonly Wrong[]>([])
  const [round, setRound] = useState(0)
  const [found, setFound] = useState<Tracked | null>(null)
  /** The boxes are right as far as anybody knows; it could not be looked up. */
  const [failed, setFailed] = useState<Refusal | Lost | null>(null)

  function wrongs(): Wrong[] {
    const wrong: Wrong[] = []
    if (cleaned(code).length !== LENGTH) wrong.push({ at: 'ma', words: () => say('look.code.wrong', { length: LENGTH }) })
    if (!/^\d{4}$/.test(digits.trim())) wrong.push({ at: 'so', words: () => say('look.digits.wrong') })
    return wrong
  }

  async function look(event: Event): Promise<void> {
    event.preventDefault()
    const own = wrongs()
    setWrong(own)
    setFailed(null)
    setRound((count) => count + 1)
    if (own.length > 0) return
    const body = { code: cleaned(code), phone_last4: digits.trim() }
    const result = await call<Tracked>('/api/v1/track', { method: 'POST', json: body })
    if (result.end === 'answer') setFound(result.body)
    else if (result.end === 'refusal' && result.status === 404) setWrong([{ at: 'ma', words: () => say('look.none') }])
    else setFailed(result)
    setRound((count) => count + 1)
  }

  if (found !== null) return <Found found={found} digits={digits.trim()} again={() => setFound(null)} />
  const places = wrong.map(({ at, words }) => ({ at, words: words() }))
  const wrongAt = (at: string): string | undefined => places.find((place) => place.at === at)?.words
  return (
    <Page title={say('look.title')}>
      <form class="stack--wide" noValidate onSubmit={(event) => void look(event)}>
        <Summary places={places} round={round} />
        <h1>{say('look.title')}</h1>
        <Box id="ma" label={say('proof.code')} hint={say('look.code.hint')} wrong={wrongAt('ma')} value={code} set={setCode} mono />
        <Box id="so" label={say('look.digits')} hint={say('look.digits.hint')} wrong={wrongAt('so')} value={digits} set={setDigits} numeric />
        {failed !== null && (
          <div class="note note--wait" role="alert">
            <Icon of={failed.end === 'lost' ? 'cut' : 'clock'} />
            <p class="note__body">{failed.end === 'lost' ? say('proof.save.offline') : unhappy(failed)}</p>
          </div>
        )}
        <button class="btn btn--main" type="submit">
          <Icon of="search" />
          {say('look.do')}
        </button>
        <p>
          <a class="link" href="/ho-so">
            {say('look.mine')}
          </a>
        </p>
      </form>
    </Page>
  )
}

interface BoxProps {
  id: string
  label: string
  hint: string
  wrong: string | undefined
  value: string
  set: (value: string) => void
  numeric?: boolean
  mono?: boolean
}

function Box({ id, label, hint, wrong, value, set, numeric = false, mono = false }: BoxProps) {
  return (
    <Frame id={id} label={label} hint={hint} wrong={wrong} required>
      <input
        id={id}
        class={`field__input${wrong === undefined ? '' : ' field__input--wrong'}${mono ? ' mono' : ''}`}
        value={value}
        inputMode={numeric ? 'numeric' : 'text'}
        maxLength={numeric ? 4 : 24}
        autocomplete="off"
        autocapitalize={mono ? 'characters' : 'off'}
        spellcheck={false}
        {...describedBy({ id, hint, wrong })}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Frame>
  )
}

function Found({ found, digits, again }: { found: Tracked; digits: string; again: () => void }) {
  const { state, next, obligation, due_at: due } = found
  const called = useNames()
  const words = language() === 'vi' ? next : found.next_en
  const own = useBook(() => book.list().find((dossier) => codeOf(dossier) === found.code))
  const over = isOver(state)
  const { expected_at: expected = null, until = null } = found
  const visit = visitTold(found)
  return (
    <Page title={say('track.page')}>
      <div class="stack--wide">
        <div class="stack--tight">
          <p class="small quiet">
            {say('proof.code')} <b class="mono">{format.code(found.code).join(' ')}</b>
          </p>
          <h1>{say(`state.${state}`)}</h1>
          <p>{words}</p>
        </div>
        {obligation?.state === 'open' && !obligation.paid &&
          (own === undefined ? (
            <p>{say('owed.where', { amount: format.money(obligation.amount ?? 0) })}</p>
          ) : (
            <a class="btn btn--main" href={way.pay(own.id)}>
              {say('pay.button')}
            </a>
          ))}
        {(state === 'declined' || state === 'stopped') && <Call unit={{ code: found.unit, name: found.unit_name }} />}
        <dl class="facts card">
          <Fact icon="paper" name={say('track.procedure')} value={called({ name: found.procedure_name, title: found.procedure_title })} more={say('start.official', { name: found.procedure_name, code: found.procedure })} />
          <Fact icon="office" name={say('proof.office')} value={found.unit_office ?? found.unit_name} />
          {found.submitted_at !== null && <Fact icon="clock" name={say('proof.at')} value={format.moment(found.submitted_at)} />}
          {found.accepted_at !== null && <Fact icon="check" name={say('track.accepted')} value={format.moment(found.accepted_at)} />}
          {visit !== null && <Fact icon="people" name={sayBeside('come.title')} value={visit.value} more={visit.more} />}
          {due === null && expected !== null && state === 'submitted' && (
            <Fact icon="calendar" name={say('proof.expected')} value={format.moment(expected)} more={expectedIf(found)} />
          )}
          {due !== null && !found.paused && !over && <Fact icon="calendar" name={say('proof.promised')} value={format.moment(due)} />}
          {found.paused && !over && <Fact icon="clock" name={say('track.result')} value={say('track.paused')} />}
          {until !== null && <Fact icon="alert" name={sayBeside('look.until')} value={format.moment(until)} />}
          {obligation !== null && <Fact icon="money" name={say('fee.title')} value={feeWords(obligation)} />}
        </dl>
        {found.provisional && <p class="small quiet">{say('due.provisional')}</p>}
        <p class="small quiet">{say('track.private')}</p>
        <NewKey code={found.code} digits={digits} by={found.code_by} />
        <button class="btn" type="button" onClick={again}>
          {say('look.again')}
        </button>
      </div>
    </Page>
  )
}

function feeWords({ state, amount, paid }: NonNullable<Tracked['obligation']>): string {
  const sum = format.money(amount ?? 0)
  if (state === 'paid') return say('pay.done', { amount: sum })
  if (state === 'open') return paid ? say('pay.review.title') : say('pay.open', { amount: sum })
  if (state === 'unquoted') return say('fee.unknown')
  if (state === 'nothing_due') return say('fee.free')
  return state === 'refund_due' ? say('money.refund_owed') : say(`money.${state}`)
}
