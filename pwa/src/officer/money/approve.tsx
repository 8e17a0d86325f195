/** The second person agrees to a refund (duyệt hoàn), and says by which way it goes. */
import { useState } from 'preact/hooks'

import '../../parts/choice/choice.css'
import { useTyped } from '../../parts/desk/typed.ts'
import { Group } from '../../parts/field/frame.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { faultAt } from '../dossier/deciding.ts'
import { TextBox } from '../dossier/form.tsx'
import type { Payee, Route } from '../shapes.ts'
import { firstEmpty, NO_PAYEE, tidied, wrongIn } from './payee.ts'
import { ReasonForm } from './reason.tsx'
import type { FormProps } from './refund-forms.tsx'

const BOX = { bank: 'ngan-hang', account: 'so-tai-khoan', name: 'chu-tai-khoan' } as const
const PARTS = ['bank', 'account', 'name'] as const

export function Approve({ one, busy, faults, send, cancel }: FormProps) {
  const kept = `refund.${one.id}.approve`
  const [route, setRoute] = useTyped<Route>(`${kept}.route`, one.routes[0] ?? 'manual')
  const [payee, setPayee] = useTyped<Payee>(`${kept}.payee`, NO_PAYEE)
  const [wrong, setWrong] = useState<{ at: keyof Payee; words: string } | null>(null)
  const amount = format.money(one.amount)

  function check(): string | undefined {
    const found = route === 'manual' ? wrongIn(payee) : null
    if (found === null) {
      setWrong(null)
      return undefined
    }
    const at = found === 'half' ? firstEmpty(payee) : 'account'
    setWrong({ at, words: say(found === 'half' ? 'form.payee.half' : 'form.account.wrong') })
    return BOX[at]
  }

  function submit(reason: string): void {
    const named = tidied(payee)
    send({ reason, route, ...(route === 'manual' && named.account !== '' && { payee: named }) })
  }

  return (
    <ReasonForm
      kept={`${kept}.reason`}
      title={say('approve.do')}
      more={say('approve.more', { amount })}
      send={say('approve.send', { amount })}
      busy={busy}
      check={check}
      submit={submit}
      cancel={cancel}
    >
      <Routes routes={one.routes} route={route} choose={setRoute} wrong={faultAt(faults, '/route')} />
      {route === 'manual' && (
        <Group id="nguoi-nhan" label={say('form.payee')} hint={say('form.payee.hint')} required>
          <div class="stack">
            {PARTS.map((part) => (
              <TextBox
                key={part}
                id={BOX[part]}
                label={say(`form.${part}`)}
                value={payee[part]}
                set={(value) => setPayee({ ...payee, [part]: value })}
                wrong={wrong?.at === part ? wrong.words : faultAt(faults, `/payee/${part}`)}
                required={false}
                most={part === 'account' ? 44 : 120}
              />
            ))}
          </div>
        </Group>
      )}
    </ReasonForm>
  )
}

interface RoutesProps {
  routes: readonly Route[]
  route: Route
  choose: (route: Route) => void
  wrong: string | undefined
}

function Routes({ routes, route, choose, wrong }: RoutesProps) {
  if (routes.length < 2) return <p class="small">{say('route.only')}</p>
  return (
    <Group id="cach-hoan" label={say('form.route')} wrong={wrong} required>
      <div class="stack--tight">
        {routes.map((one) => (
          <label key={one} class="choice">
            <input class="choice__input" type="radio" name="cach-hoan" checked={route === one} onChange={() => choose(one)} />
            <span class="choice__body">
              <b>{say(`route.${one}`)}</b>
              <span class="field__hint">{say(`route.${one}.more`)}</span>
            </span>
          </label>
        ))}
      </div>
    </Group>
  )
}
