/** One decision of money: which dossier where it needs one, why, and what will happen in words. */
import { useState } from 'preact/hooks'

import { useTyped } from '../../parts/desk/typed.ts'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { TextBox } from '../dossier/form.tsx'
import { codeIn } from '../inbox/find.ts'
import type { Movement, MoneyVerb } from '../shapes.ts'
import { ReasonForm } from './reason.tsx'

const CODE = 'ma-ho-so'

interface Props {
  one: Movement
  verb: MoneyVerb
  /** The dossier that was picked among the suggestions; empty when its code is to be typed. */
  picked: string
  busy: boolean
  send: (body: object) => void
  cancel: () => void
}

export function ActForm({ one, verb, picked, busy, send, cancel }: Props) {
  const kept = `money.${one.id}.${verb}`
  const [typed, setTyped] = useTyped(`${kept}.${picked}.code`, picked === '' ? '' : format.code(picked).join(' '))
  const [wrong, setWrong] = useState<string | undefined>(undefined)
  const placed = verb === 'match' || verb === 'move'
  const amount = format.money(one.amount)

  function check(): string | undefined {
    if (!placed || codeIn(typed) !== null) {
      setWrong(undefined)
      return undefined
    }
    setWrong(say(typed.trim() === '' ? 'act.code.empty' : 'act.code.wrong'))
    return CODE
  }

  return (
    <ReasonForm
      kept={`${kept}.reason`}
      title={say(`${verb}.do`)}
      more={say(`${verb}.more`, { amount })}
      send={say(`${verb}.send`, { amount })}
      warn={verb === 'give_back'}
      busy={busy}
      check={check}
      submit={(reason) => send(placed ? { reason, code: codeIn(typed) } : { reason })}
      cancel={cancel}
    >
      {placed && (
        <TextBox id={CODE} label={say('act.code')} hint={say('act.code.hint')} value={typed} set={setTyped} wrong={wrong} most={40} />
      )}
    </ReasonForm>
  )
}
