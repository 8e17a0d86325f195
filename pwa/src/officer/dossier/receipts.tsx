/** The receipts of a fee at the desk (biên lai): read as PDF, cancelled, replaced, each with a reason. */
import { useState } from 'preact/hooks'

import { useLoad } from '../../parts/desk/load.ts'
import { Tag, type Sign } from '../../parts/desk/tag.tsx'
import { Waiting } from '../../parts/desk/trouble.tsx'
import { forgetTyped, useTyped } from '../../parts/desk/typed.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer-money.ts'
import { useActing, type Acting } from '../money/acting.ts'
import { ReasonForm } from '../money/reason.tsx'
import { Done, Refused } from '../money/signs.tsx'
import type { ReceiptList, ReceiptShown, ReceiptState, ReceiptVerb } from '../shapes.ts'
import { focusSoon, TextBox } from './form.tsx'

const TITLE = 'bien-lai'
const PAYER = 'nguoi-nop'

/** What an officer may do with a numbered receipt; the old and the new one both stay. */
const MAY: Readonly<Record<ReceiptState, readonly ReceiptVerb[]>> = {
  wanted: [],
  issued: ['replace', 'cancel'],
  on_hold: ['replace', 'cancel'],
  cancelled: ['replace'],
  replaced: [],
}

const SIGN: Readonly<Record<ReceiptState, Pick<Sign, 'tone' | 'icon'>>> = {
  wanted: { tone: 'way', icon: 'hourglass' },
  issued: { tone: 'safe', icon: 'check' },
  on_hold: { tone: 'wait', icon: 'lock' },
  cancelled: { tone: 'plain', icon: 'minus' },
  replaced: { tone: 'plain', icon: 'again' },
}

/** Links to papers live for five minutes, so they are asked for when somebody wants them. */
export function ReceiptsCard({ code }: { code: string }) {
  const [open, setOpen] = useState(false)
  if (open) return <Receipts path={`/api/v1/workbench/dossiers/${code}/fee_receipts`} />
  return (
    <button class="btn" type="button" onClick={() => setOpen(true)}>
      <Icon of="paper" />
      {say('receipts.open')}
    </button>
  )
}

interface Open {
  receipt: string
  verb: ReceiptVerb
}

/** What may be done with a receipt; one that was replaced has its successor beside it. */
function mayDo(list: ReceiptList, { receipt }: ReceiptShown): readonly ReceiptVerb[] {
  const followed = list.items.some((other) => other.receipt.replaces === receipt.receipt)
  return followed ? [] : MAY[receipt.state]
}

function Receipts({ path }: { path: string }) {
  const { load, again, put } = useLoad<ReceiptList>(path)
  const [open, setOpen] = useState<Open | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const list = load.is === 'there' ? load.body : null
  const shown = list?.items.find(({ receipt }) => receipt.receipt === open?.receipt)
  const acting = useActing<ReceiptList>(`${path}/${open?.receipt ?? ''}`, shown?.receipt.rev ?? 0, again)
  const offered = list !== null && shown !== undefined && open !== null && mayDo(list, shown).includes(open.verb)

  function choose(next: Open): void {
    setDone(null)
    acting.clear()
    setOpen(next)
  }

  function close(words: string | null): void {
    setOpen(null)
    setDone(words)
    focusSoon(TITLE)
  }

  return (
    <section class="stack--tight" aria-labelledby={TITLE}>
      <h3 id={TITLE} tabindex={-1}>
        {say('receipts.title')}
      </h3>
      <Done words={done} />
      <Waiting load={load} again={again} />
      {list !== null && <Papers list={list} />}
      <Refused refusal={acting.refusal} again={again} />
      {list !== null && !offered && <Acts list={list} choose={choose} />}
      {offered && (
        <Form
          key={`${open.receipt} ${open.verb}`}
          shown={shown}
          verb={open.verb}
          acting={acting}
          put={put}
          close={close}
        />
      )}
    </section>
  )
}

function Papers({ list }: { list: ReceiptList }) {
  return (
    <>
      {list.items.length === 0 && <p class="small quiet">{say('receipts.none')}</p>}
      <ul class="rows">
        {list.items.map(({ receipt, url }) => (
          <li key={receipt.receipt} class="row">
            <div class="row__text">
              {url === null || receipt.number === null ? (
                <b>{say('receipt.waits')}</b>
              ) : (
                <a class="link" href={url} target="_blank" rel="noopener">
                  {say('receipt.pdf', { number: receipt.number })}
                </a>
              )}
              <span class="table__sub num">
                {say(`receipt.${receipt.kind}`)} · {format.money(receipt.amount)}
              </span>
            </div>
            <Tag {...SIGN[receipt.state]} words={say(`receipt.${receipt.state}`)} />
          </li>
        ))}
        {list.acknowledgement_url !== null && (
          <li class="row">
            <div class="row__text">
              <a class="link" href={list.acknowledgement_url} target="_blank" rel="noopener">
                {say('receipts.paid')}
              </a>
              <span class="table__sub">{say('receipts.paid.more')}</span>
            </div>
          </li>
        )}
      </ul>
    </>
  )
}

function Acts({ list, choose }: { list: ReceiptList; choose: (open: Open) => void }) {
  const all = list.items.flatMap((shown) => mayDo(list, shown).map((verb) => ({ ...shown.receipt, verb })))
  return (
    <>
      {all.map(({ receipt, verb, number }) => (
        <button
          key={`${receipt} ${verb}`}
          class={verb === 'replace' ? 'btn' : 'btn btn--plain'}
          type="button"
          onClick={() => choose({ receipt, verb })}
        >
          <Icon of={verb === 'replace' ? 'again' : 'minus'} />
          {say(`receipt.${verb}.do`, { number: number ?? '' })}
        </button>
      ))}
    </>
  )
}

interface FormProps {
  shown: ReceiptShown
  verb: ReceiptVerb
  acting: Acting<ReceiptList>
  put: (list: ReceiptList) => void
  /** With the words of what was done, or without when nothing was. */
  close: (words: string | null) => void
}

function Form({ shown: { receipt }, verb, acting, put, close }: FormProps) {
  const kept = `receipt.${receipt.receipt}.${verb}`
  const [payer, setPayer] = useTyped(`${kept}.payer`, '')
  const values = { number: receipt.number ?? '' }

  async function send(reason: string): Promise<void> {
    const named = payer.trim()
    const list = await acting.act(verb, { reason, ...(verb === 'replace' && named !== '' && { payer: named }) })
    if (list === null) return
    forgetTyped(kept)
    put(list)
    close(say(`receipt.${verb}.done`, values))
  }

  return (
    <ReasonForm
      kept={`${kept}.reason`}
      title={say(`receipt.${verb}.do`, values)}
      more={say(`receipt.${verb}.more`, values)}
      send={say(`receipt.${verb}.send`)}
      warn={verb === 'cancel'}
      busy={acting.busy}
      check={() => undefined}
      submit={(reason) => void send(reason)}
      cancel={() => close(null)}
    >
      {verb === 'replace' && (
        <TextBox
          id={PAYER}
          label={say('receipt.payer')}
          hint={say('receipt.payer.hint')}
          value={payer}
          set={setPayer}
          required={false}
          most={200}
        />
      )}
    </ReasonForm>
  )
}
