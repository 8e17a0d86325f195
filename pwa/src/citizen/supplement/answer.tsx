/** Answering the ward's request: the flagged papers and questions only, then send. */
import { useEffect, useState } from 'preact/hooks'

import type { Supplement } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import { filesOf, type Dossier, type Page as Shot, type SupplementDraft } from '../../drafts/dossier.ts'
import { sendNow, wake } from '../../drafts/sender.ts'
import { aim } from '../../drafts/sending.ts'
import { refresh, useStatus } from '../../drafts/status.ts'
import { begun, changeOf, isUnsent } from '../../drafts/supplement.ts'
import { misfitsAmong } from '../../form/agreements.ts'
import { doubtsOf, faultsOf } from '../../form/check.ts'
import { inOrder } from '../../form/order.ts'
import { counted } from '../../form/conditions.ts'
import type { Definition, Field, Value, Values } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import type { Place } from '../../parts/summary/summary.tsx'
import type { Whereabouts } from '../../parts/where/where.tsx'
import { say as sayAfter } from '../../words/after.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { AnyField } from '../form/fields/any.tsx'
import { Found } from '../form/found.tsx'
import { Full } from '../form/full.tsx'
import { stays } from '../form/judge.ts'
import { told } from '../form/telling.ts'
import type { Told } from '../form/told.ts'
import { allTaken, Shots } from '../papers/shots.tsx'
import { askedNow } from '../pay/offer.ts'
import { refusedPage, stopWords } from '../send/stopped.ts'
import { owedWords } from '../track/standing.ts'
import { Coming, Empty } from '../trouble.tsx'
import { way } from '../ways.ts'
import { itemName } from './ask-card.tsx'
import { clockWords } from './clock.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Answer({ dossier, definition }: Props) {
  const { freshness } = useStatus(dossier, 60)
  const asked = dossier.status?.supplement ?? null
  const own = dossier.supplement
  useEffect(() => {
    if (asked !== null && own?.sid !== asked.id)
      void book.change(dossier.id, (now) => begun(now, asked)).catch(() => undefined)
  }, [asked?.id])
  if (own !== null && own.proof !== null && (asked === null || asked.id === own.sid)) return <Done dossier={dossier} />
  if (asked === null)
    return (
      <Page title={say('ask.page')} unit={dossier.unit.name}>
        {freshness === 'asking' ? <Coming /> : <NothingAsked dossier={dossier} />}
      </Page>
    )
  if (own === null || own.sid !== asked.id) return <Coming />
  if (own.sending.goal === 'submit') return <OnTheWay dossier={dossier} own={own} />
  return <Fill dossier={dossier} definition={definition} asked={asked} own={own} />
}

function NothingAsked({ dossier }: { dossier: Dossier }) {
  const late = dossier.status?.state === 'expired'
  const [title, words] = late ? [say('state.expired'), say('next.expired')] : [sayAfter('ask.none'), sayAfter('ask.none.more')]
  return (
    <Empty icon={late ? 'clock' : 'check'} title={title} words={words}>
      <a class="btn btn--main" href={way.follow(dossier.id)}>
        {say('proof.follow')}
      </a>
    </Empty>
  )
}

/** Change the answer that is being prepared. */
function edit(dossier: string, how: (own: SupplementDraft) => SupplementDraft): Promise<unknown> {
  return book.change(dossier, (now) => (now.supplement === null ? now : { ...now, supplement: how(now.supplement) }))
}

function Fill({ dossier, definition, asked, own }: Props & { asked: Supplement; own: SupplementDraft }) {
  const [wrong, setWrong] = useState<readonly Told[]>([])
  const [missing, setMissing] = useState<readonly Place[]>([])
  const [answered, setAnswered] = useState<Values>()
  const [round, setRound] = useState(0)
  /** What stood as before when it was asked about. */
  const [sure, setSure] = useState('')
  /** On the screen at once; the device keeps it a moment later, and the next box must not undo it. */
  const [typed, setTyped] = useState<Values>({})
  const fields = fieldsAsked(definition, asked)
  const change = (paper: string) => (how: (shots: readonly Shot[]) => Shot[]) =>
    edit(dossier.id, (now) => ({ ...now, pages: { ...now.pages, [paper]: how(now.pages[paper] ?? []) } })).then(() => undefined)

  async function send(): Promise<void> {
    await allTaken()
    const kept = book.get(dossier.id)?.supplement ?? own
    const now = { ...kept, values: { ...kept.values, ...typed } }
    const alone = fields.flatMap((field) => [
      ...faultsOf(field, now.values[field.id], today()),
      ...doubtsOf(field, now.values[field.id], today()),
    ])
    const whole = counted(definition, { ...dossier.values, ...now.values }, today())
    const found = told(inOrder(fields, [...alone, ...misfitsAmong(definition, fields, whole, today())]))
    const empty = asked.items.filter(({ paper }) => paper && (now.pages[paper]?.length ?? 0) === 0)
    const without = empty.map((item) => ({ at: 'chup', words: say('err.paper', { paper: itemName(definition, item) }) }))
    setWrong(found)
    setMissing(without)
    setAnswered(now.values)
    setRound((count) => count + 1)
    if (without.length > 0 || stays(found, now.values, answered)) return
    const before = doubtOf(dossier, definition, asked, now)
    if (before !== sure) setSure(before)
    if (before !== '' && before !== sure) return
    await edit(dossier.id, ({ sending, ...rest }) => ({ ...rest, values: now.values, sending: aim(sending, 'submit') }))
    wake()
  }

  function set(field: string, value: Value | undefined): void {
    setTyped((before) => ({ ...before, [field]: value }))
    edit(dossier.id, (kept) => ({ ...kept, values: { ...kept.values, [field]: value } })).catch(() => undefined)
  }

  const doubt = doubtOf(dossier, definition, asked, { ...own, values: { ...own.values, ...typed } })
  const where = isUnsent(dossier) ? ({ place: 'phone', words: say('where.unsent') } as const) : ({ place: 'office', words: say('where.ask') } as const)
  return (
    <Page title={say('ask.page')} unit={dossier.unit.name} where={where}>
      <div class="stack--wide">
        <Full />
        <Found found={wrong} more={missing} round={round} button={say('ask.send')} />
        {own.sending.stop !== null && (
          <div class="note note--wrong" role="alert">
            <Icon of="alert" />
            <p class="note__body">
              {stopWords(own.sending.stop)} {refusedPage(definition, own.pages, own.sending.stop)?.words}
            </p>
          </div>
        )}
        <div class="stack--tight">
          <h1>{say('ask.page')}</h1>
          <p class="quiet">{sayAfter('ask.only')}</p>
        </div>
        {asked.items.map((item) => (
          <section key={item.paper ?? item.field ?? item.words} class="stack">
            <h2>{itemName(definition, item)}</h2>
            <blockquote class="quote">
              <p>“{item.words}”</p>
            </blockquote>
            {paperOf(definition, item.paper) !== null && (
              <Shots
                dossier={dossier.id}
                paper={paperOf(definition, item.paper) ?? never()}
                shots={own.pages[item.paper ?? ''] ?? []}
                sending={own.sending}
                checks={dossier.status?.files ?? []}
                opening={() => Promise.resolve()}
                closed={() => undefined}
                change={change(item.paper ?? '')}
              />
            )}
            {fields
              .filter(({ id }) => id === item.field)
              .map((field) => (
                <AnyField
                  key={field.id}
                  id={field.id}
                  field={field}
                  value={field.id in typed ? typed[field.id] : own.values[field.id]}
                  set={(value) => set(field.id, value)}
                  faults={wrong}
                  priced={null}
                  asked
                />
              ))}
          </section>
        ))}
        {doubt !== '' && doubt === sure && (
          <div class="note note--wait" role="alert">
            <Icon of="alert" />
            <p class="note__body">
              {doubt} {sayAfter('ask.once')} {say('doubt.next', { button: say('ask.send') })}
            </p>
          </div>
        )}
        <button class="btn btn--main" type="button" onClick={() => void send()}>
          <Icon of="way" />
          {say('ask.send')}
        </button>
      </div>
    </Page>
  )
}

/** What is still as it was sent before, or beside it, in words: asked about once, never blocked. */
function doubtOf(dossier: Dossier, definition: Definition, asked: Supplement, own: SupplementDraft): string {
  const words = (change: 'same' | 'added', key: 'ask.same' | 'ask.old'): string => {
    const those = asked.items.filter((item) => (item.paper || item.field) && changeOf(dossier, asked, own, item) === change)
    return those.length > 0 ? sayAfter(key, { names: those.map((item) => itemName(definition, item)).join(', ') }) : ''
  }
  return `${words('same', 'ask.same')} ${words('added', 'ask.old')}`.trim()
}

function never(): never {
  throw new Error('unreachable')
}

const paperOf = (definition: Definition, id: string | null | undefined) =>
  definition.papers.find((paper) => paper.id === id) ?? null

const fieldsAsked = (definition: Definition, asked: Supplement): Field[] =>
  definition.steps
    .flatMap((step): readonly Field[] => step.fields)
    .filter(({ id }) => asked.items.some(({ field }) => field === id))

function OnTheWay({ dossier, own }: { dossier: Dossier; own: SupplementDraft }) {
  const files = filesOf(own.pages)
  const have = files.filter(({ sha256, size }) => own.sending.files[sha256]?.have === size).length
  const waiting = own.sending.why !== null
  const where: Whereabouts = waiting
    ? { place: 'phone', words: say('where.wait'), live: true }
    : { place: 'way', words: say('where.way', { have, all: files.length }), live: true }
  return (
    <Page title={say('ask.page')} unit={dossier.unit.name} where={where}>
      <div class="stack--wide">
        <h1>{waiting ? sayAfter('ask.waiting') : say('send.title')}</h1>
        <p>{waiting ? say('send.auto') : say('send.stay')}</p>
        {waiting && (
          <button class="btn btn--main" type="button" onClick={() => void sendNow()}>
            <Icon of="again" />
            {say('send.retry')}
          </button>
        )}
      </div>
    </Page>
  )
}

function Done({ dossier }: { dossier: Dossier }) {
  const at = dossier.supplement?.proof?.receipt.at
  const { status, proof } = dossier
  const clock = status === null ? null : clockWords(status, true)
  const obligation = status?.obligation ?? proof?.obligation ?? null
  const due = askedNow(obligation)
  const owed = owedWords(status, obligation)
  async function onward(): Promise<void> {
    await refresh(dossier)
    go(way.follow(dossier.id), 'replace')
  }
  return (
    <Page title={say('ask.done')} unit={dossier.unit.name} where={{ place: 'office', words: say('where.office') }}>
      <div class="stack--wide">
        <div class="note note--safe" role="status">
          <Icon of="safe" />
          <div class="note__body stack--tight">
            <h1 class="h2">{say('ask.done')}</h1>
            {at !== undefined && <p>{format.moment(at)}</p>}
            {clock !== null && <p>{say(clock)}</p>}
          </div>
        </div>
        {due > 0 && (
          <div class="stack--tight">
            {owed !== null && <p>{owed}</p>}
            <a class="btn btn--main" href={way.pay(dossier.id)}>
              {say('pay.button')} {format.money(due)}
            </a>
          </div>
        )}
        <button class={due > 0 ? 'btn' : 'btn btn--main'} type="button" onClick={() => void onward()}>
          {say('proof.follow')}
        </button>
      </div>
    </Page>
  )
}
