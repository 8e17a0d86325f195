/** One movement of money (một khoản tiền): what it is, whose it may be, and what is done with it. */
import { useState } from 'preact/hooks'

import '../../parts/facts/answer.css'
import '../../parts/note/note.css'
import type { Me } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import { go } from '../../parts/router/router.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { say as sayOfficer } from '../../words/officer.ts'
import { focusSoon } from '../dossier/form.tsx'
import type { Movement, MoneyReason, MoneyVerb, Refund } from '../shapes.ts'
import { adapterName, Code } from '../signs.tsx'
import { way } from '../ways.ts'
import { MONEY, useActing } from './acting.ts'
import { ActForm } from './act-form.tsx'
import { OpenedPage, type Opened } from './opened.tsx'
import { Age, Done, Fact, Memo, Refused, whoIs } from './signs.tsx'
import { Suggestions } from './suggestions.tsx'

const ACTS = 'xu-ly'

const titleOf = ({ kind, amount }: Movement): string =>
  say(kind === 'reversal' ? 'one.back' : 'one.title', { amount: format.money(amount) })

export function MovementPage({ id, me }: { id: string; me: Me }) {
  return (
    <OpenedPage<Movement>
      path={`${MONEY}/${encodeURIComponent(id)}`}
      me={me}
      list={{ at: way.money, back: say('back.money'), title: sayOfficer('money.title') }}
      titleOf={titleOf}
      gone={say('one.gone')}
      whole={Whole}
    />
  )
}

/** A decision that is being made, and the dossier that was picked for it. */
interface Open {
  verb: MoneyVerb
  code: string
}

function Whole({ one, put, again }: Opened<Movement>) {
  const [open, setOpen] = useTyped<Open | null>(`money.${one.id}.open`, null)
  const [done, setDone] = useState<string | null>(null)
  const acting = useActing<Movement | Refund>(`${MONEY}/${one.id}`, one.rev, again)
  const offered = open !== null && one.can.includes(open.verb) ? open : null
  const places = one.can.find((verb) => verb === 'match' || verb === 'move')

  function choose(next: Open): void {
    setDone(null)
    acting.clear()
    setOpen(next)
  }

  async function send(verb: MoneyVerb, body: object): Promise<void> {
    const answer = await acting.act(verb, body)
    if (answer === null) return
    forgetTyped(`money.${one.id}.`)
    setOpen(null)
    if ('requested_by' in answer) return go(way.refund(answer.id))
    put(answer)
    setDone(say(`${verb}.done`, { amount: format.money(one.amount) }))
    focusSoon(ACTS)
  }

  return (
    <div class="room">
      <div class="cols cols--side">
        <div class="stack">
          <Facts one={one} />
          {places !== undefined && (one.suggestions.length > 0 || !GOES_BACK.includes(one.reason)) && (
            <Suggestions one={one} verb={places} choose={(code) => choose({ verb: places, code })} />
          )}
          <Decisions one={one} />
        </div>
        <section class="card stack" aria-labelledby={ACTS}>
          <h2 id={ACTS} tabindex={-1}>
            {say('act.title')}
          </h2>
          <Done words={done} />
          <Refused refusal={acting.refusal} again={again} />
          {offered === null ? (
            <Acts one={one} choose={(verb) => choose({ verb, code: '' })} />
          ) : (
            <ActForm
              key={`${offered.verb} ${offered.code}`}
              one={one}
              verb={offered.verb}
              picked={offered.code}
              busy={acting.busy}
              send={(body) => void send(offered.verb, body)}
              cancel={() => {
                setOpen(null)
                focusSoon(ACTS)
              }}
            />
          )}
        </section>
      </div>
    </div>
  )
}

function Facts({ one }: { one: Movement }) {
  return (
    <section class="card stack--tight" aria-labelledby="khoan">
      <div class="card__head">
        <h2 id="khoan">{say('one.facts')}</h2>
        <Tag tone={one.counted ? 'plain' : 'wait'} icon="alert" words={sayOfficer(`reason.${one.reason}`)} />
      </div>
      <p>{say(`why.${one.reason}`)}</p>
      {one.foreign && (
        <div class="note note--wait">
          <Icon of="alert" />
          <p class="note__body">
            <b>{say('foreign.tag')}.</b> {say('foreign.more')}
          </p>
        </div>
      )}
      <dl class="rows">
        <Fact name={say('one.at')}>
          <span class="num">{format.moment(one.at)}</span> · <Age days={one.age} />
        </Fact>
        <Fact name={say('one.from')}>{adapterName(one.adapter)}</Fact>
        {one.account !== '' && (
          <Fact name={say('one.account')}>
            <span class="num">{one.account}</span>
          </Fact>
        )}
        <Fact name={say('one.memo')}>
          <Memo money={one} none={say('one.memo.none')} />
        </Fact>
        {one.unit_name !== '' && (
          <Fact name={say('one.unit')}>
            <span lang="vi">{one.unit_name}</span>
          </Fact>
        )}
        {one.code !== null && (
          <Fact name={say('one.dossier')}>
            <a class="link" href={way.dossier(one.code)}>
              <Code code={one.code} />
            </a>
            {one.owner_masked !== null && <span class="table__sub">{say('one.owner', { owner: one.owner_masked })}</span>}
          </Fact>
        )}
      </dl>
    </section>
  )
}

const ICON: Readonly<Record<MoneyVerb, Shape>> = {
  match: 'check',
  move: 'next',
  count: 'plus',
  give_back: 'back',
  note: 'minus',
}

/** The likeliest first; what settles a fee is the main button. */
const ORDER: readonly MoneyVerb[] = ['match', 'count', 'move', 'give_back', 'note']
const SETTLES: readonly MoneyVerb[] = ['match', 'count']

/** For these a refund was asked for by itself. */
const GOES_BACK: readonly MoneyReason[] = ['second', 'closed', 'ended']

function Acts({ one, choose }: { one: Movement; choose: (verb: MoneyVerb) => void }) {
  if (one.can.length === 0)
    return (
      <>
        <p>{say('act.over')}</p>
        <a class="btn" href={way.money}>
          {say('to.money')}
        </a>
        {one.decisions.at(-1)?.verb === 'give_back' && <ToRefunds />}
      </>
    )
  return (
    <div class="stack--tight">
      {GOES_BACK.includes(one.reason) && (
        <>
          <p>{say('act.goes.back')}</p>
          <ToRefunds />
        </>
      )}
      {ORDER.filter((verb) => one.can.includes(verb)).map((verb) => (
        <button key={verb} class={SETTLES.includes(verb) ? 'btn btn--main' : 'btn'} type="button" onClick={() => choose(verb)}>
          <Icon of={ICON[verb]} />
          {say(`${verb}.do`)}
        </button>
      ))}
    </div>
  )
}

function ToRefunds() {
  return (
    <a class="btn" href={way.refunds}>
      {say('to.refunds')}
    </a>
  )
}

function Decisions({ one: { decisions, names } }: { one: Movement }) {
  if (decisions.length === 0) return null
  return (
    <section class="card stack--tight" aria-labelledby="da-lam">
      <h2 id="da-lam">{say('said.title')}</h2>
      <ul class="rows">
        {decisions.map((said) => (
          <li key={said.at} class="row row--top">
            <div class="row__text">
              <b>{say(`said.${said.verb}`)}</b>
              <span class="table__sub num">
                {say('said.by', { who: whoIs(said.by, names), moment: format.moment(said.at) })}
              </span>
              <q class="table__memo">{said.reason}</q>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
