/** A form of money: what will happen in words, why, and the one button that does it. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'

import { useTyped } from '../../parts/desk/typed.ts'
import { say } from '../../words/officer-money.ts'
import { focusSoon, Sheet, TextArea } from '../dossier/form.tsx'

const REASON = 'ly-do'

interface Props {
  /** Under what name the words are kept while they are typed. */
  kept: string
  title: string
  more: string
  send: string
  warn?: boolean
  busy: boolean
  /** Gives the first box that is wrong, or nothing; told before the reason is judged. */
  check: () => string | undefined
  submit: (reason: string) => void
  cancel: () => void
  children?: ComponentChildren
}

export function ReasonForm({ kept, title, more, send, warn = false, busy, check, submit, cancel, children }: Props) {
  const [reason, setReason] = useTyped(kept, '')
  const [wrong, setWrong] = useState<string | undefined>(undefined)

  function go(): void {
    const said = reason.trim()
    const first = check() ?? (said === '' ? REASON : undefined)
    setWrong(said === '' ? say('act.reason.empty') : undefined)
    if (first !== undefined) return focusSoon(first)
    submit(said)
  }

  return (
    <Sheet title={title} send={send} warn={warn} busy={busy} submit={go} cancel={cancel}>
      <p>{more}</p>
      {children}
      <TextArea id={REASON} label={say('act.reason')} hint={say('act.reason.hint')} value={reason} set={setReason} wrong={wrong} most={500} />
    </Sheet>
  )
}
