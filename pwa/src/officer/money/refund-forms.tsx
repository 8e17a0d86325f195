/** The plain steps of a refund: refuse, note the payout, confirm it, send its proof back. */
import { useState } from 'preact/hooks'

import type { Fault } from '../../api/client.ts'
import { useTyped } from '../../parts/desk/typed.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { faultAt } from '../dossier/deciding.ts'
import { TextBox } from '../dossier/form.tsx'
import type { Refund } from '../shapes.ts'
import { ReasonForm } from './reason.tsx'

export interface FormProps {
  one: Refund
  busy: boolean
  faults: readonly Fault[]
  send: (body: object) => void
  cancel: () => void
}

const EVIDENCE = 'so-chung-tu'

const nothing = (): undefined => undefined

export function Plain({ one, verb, busy, send, cancel }: FormProps & { verb: 'reject' | 'confirm' | 'send_back' }) {
  const values = { amount: format.money(one.amount), evidence: one.evidence ?? '' }
  return (
    <ReasonForm
      kept={`refund.${one.id}.${verb}.reason`}
      title={say(`${verb}.do`)}
      more={say(`${verb}.more`, values)}
      send={say(`${verb}.send`, values)}
      warn={verb !== 'confirm'}
      busy={busy}
      check={nothing}
      submit={(reason) => send({ reason })}
      cancel={cancel}
    />
  )
}

export function PayOut({ one, busy, faults, send, cancel }: FormProps) {
  const [evidence, setEvidence] = useTyped(`refund.${one.id}.pay_out.evidence`, '')
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const amount = format.money(one.amount)

  function check(): string | undefined {
    const missing = evidence.trim() === ''
    setWrong(missing ? say('form.evidence.empty') : undefined)
    return missing ? EVIDENCE : undefined
  }

  return (
    <ReasonForm
      kept={`refund.${one.id}.pay_out.reason`}
      title={say('pay_out.do')}
      more={say('pay_out.more', { amount })}
      send={say('pay_out.send', { amount })}
      busy={busy}
      check={check}
      submit={(reason) => send({ reason, evidence: evidence.trim() })}
      cancel={cancel}
    >
      <TextBox
        id={EVIDENCE}
        label={say('form.evidence')}
        hint={say('form.evidence.hint')}
        value={evidence}
        set={setEvidence}
        wrong={wrong ?? faultAt(faults, '/evidence')}
        most={64}
      />
    </ReasonForm>
  )
}
