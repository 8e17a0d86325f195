/** One refund (khoản hoàn): who asked, who agreed, who paid it out, and the step that is next. */
import { useState } from 'preact/hooks'

import '../../parts/facts/answer.css'
import '../../parts/note/note.css'
import type { Me } from '../../parts/desk/session.ts'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import { Line } from '../../parts/line/line.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { focusSoon } from '../dossier/form.tsx'
import type { RefundOpened, RefundVerb } from '../shapes.ts'
import { adapterName, Code } from '../signs.tsx'
import { way } from '../ways.ts'
import { REFUNDS, useActing } from './acting.ts'
import { Approve } from './approve.tsx'
import { OpenedPage, type Opened } from './opened.tsx'
import { PayOut, Plain } from './refund-forms.tsx'
import { Age, because, Done, Fact, isOwn, Refused, RefundTag, whoIs } from './signs.tsx'
import { aheadOf, pastOf, waitsFor } from './steps.ts'

const ACTS = 'buoc-nay'

export function RefundPage({ id, me }: { id: string; me: Me }) {
  return (
    <OpenedPage<RefundOpened>
      path={`${REFUNDS}/${encodeURIComponent(id)}`}
      me={me}
      list={{ at: way.refunds, back: say('back.refunds'), title: say('refunds.title') }}
      titleOf={({ amount }) => say('refund.title', { amount: format.money(amount) })}
      gone={say('refund.gone')}
      whole={Whole}
    />
  )
}

function Whole({ one, put, again, me }: Opened<RefundOpened>) {
  const [open, setOpen] = useTyped<RefundVerb | null>(`refund.${one.id}.open`, null)
  const [done, setDone] = useState<string | null>(null)
  const acting = useActing<RefundOpened>(`${REFUNDS}/${one.id}`, one.rev, again)
  const offered = open !== null && one.can.includes(open) ? open : null

  function choose(verb: RefundVerb): void {
    setDone(null)
    acting.clear()
    setOpen(verb)
  }

  async function send(verb: RefundVerb, body: object): Promise<void> {
    const answer = await acting.act(verb, body)
    if (answer === null) return
    forgetTyped(`refund.${one.id}.`)
    setOpen(null)
    put(answer)
    setDone(say(`${verb}.done`, { amount: format.money(one.amount) }))
    focusSoon(ACTS)
  }

  const form = {
    one,
    busy: acting.busy,
    faults: acting.refusal?.faults ?? [],
    cancel: () => {
      setOpen(null)
      focusSoon(ACTS)
    },
  }
  return (
    <div class="room">
      <div class="cols cols--side">
        <div class="stack">
          <Facts one={one} />
          <section class="card stack--tight" aria-labelledby="cac-buoc">
            <h2 id="cac-buoc">{say('refund.way')}</h2>
            <Line past={pastOf(one, (actor) => whoIs(actor, one.names))} ahead={aheadOf(one)} going={aheadOf(one).length > 0} />
          </section>
        </div>
        <section class="card stack" aria-labelledby={ACTS}>
          <h2 id={ACTS} tabindex={-1}>
            {say('act.title')}
          </h2>
          <Done words={done} />
          <Refused refusal={acting.refusal} again={again} />
          {offered === null && <Acts one={one} me={me} choose={choose} />}
          {offered === 'approve' && <Approve {...form} send={(body) => void send('approve', body)} />}
          {offered === 'pay_out' && <PayOut {...form} send={(body) => void send('pay_out', body)} />}
          {(offered === 'reject' || offered === 'confirm' || offered === 'send_back') && (
            <Plain key={offered} {...form} verb={offered} send={(body) => void send(offered, body)} />
          )}
        </section>
      </div>
    </div>
  )
}

function Facts({ one }: { one: RefundOpened }) {
  const { payee } = one
  return (
    <section class="card stack--tight" aria-labelledby="khoan-hoan">
      <div class="card__head">
        <h2 id="khoan-hoan">{say('refund.facts')}</h2>
        <RefundTag state={one.state} />
      </div>
      <dl class="rows">
        <Fact name={say('refunds.reason')}>{because(one.reason)}</Fact>
        <Fact name={say('refund.since')}>
          <span class="num">{format.moment(one.at)}</span> · <Age days={one.age} />
        </Fact>
        {one.code !== null && (
          <Fact name={say('refunds.dossier')}>
            <a class="link" href={way.dossier(one.code)}>
              <Code code={one.code} />
            </a>
            {one.owner_masked !== null && <span class="table__sub">{say('one.owner', { owner: one.owner_masked })}</span>}
          </Fact>
        )}
        {one.adapter !== null && <Fact name={say('refund.adapter')}>{adapterName(one.adapter)}</Fact>}
        <Fact name={say('one.unit')}>
          <span lang="vi">{one.unit_name}</span>
        </Fact>
        {one.route !== null && <Fact name={say('refund.route')}>{say(`route.${one.route}`)}</Fact>}
        {payee !== null && (
          <Fact name={say('refund.payee')}>
            <span lang="vi">{payee.name}</span>
            <span class="table__sub num">
              {payee.bank}, {payee.account}
            </span>
          </Fact>
        )}
        {one.evidence !== null && (
          <Fact name={say('refund.evidence')}>
            <span class="num">{one.evidence}</span>
          </Fact>
        )}
      </dl>
    </section>
  )
}

const ICON: Readonly<Record<RefundVerb, Shape>> = {
  approve: 'check',
  reject: 'minus',
  pay_out: 'money',
  confirm: 'check',
  send_back: 'back',
}

function Acts({ one, me, choose }: { one: RefundOpened; me: Me; choose: (verb: RefundVerb) => void }) {
  const waits = waitsFor(one, isOwn(one.paid_by, me.login))
  const over = aheadOf(one).length === 0 && one.state !== 'failed'
  return (
    <>
      {waits !== null && (
        <div class={over ? 'note' : 'note note--wait'}>
          <Icon of={over ? 'check' : 'people'} />
          <p class="note__body">{waits}</p>
        </div>
      )}
      <div class="stack--tight">
        {one.can.map((verb, index) => (
          <button key={verb} class={index === 0 && waits === null ? 'btn btn--main' : 'btn'} type="button" onClick={() => choose(verb)}>
            <Icon of={ICON[verb]} />
            {say(`${verb}.do`)}
          </button>
        ))}
        <a class="btn btn--plain" href={way.refunds}>
          {say('to.refunds')}
        </a>
      </div>
    </>
  )
}
