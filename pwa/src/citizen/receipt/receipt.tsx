/** The proof: every part has arrived, with the same hash here and there. */
import { useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import { onSharedDevice } from '../../drafts/shared-device.ts'
import { linkTo, useStatus } from '../../drafts/status.ts'
import type { Definition } from '../../form/definition.ts'
import { feeOf } from '../../form/fee.ts'
import { today } from '../../form/today.ts'
import { Fact } from '../../parts/facts/fact.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import '../../parts/paper/paper.css'
import '../../parts/proof/proof.css'
import { Qr } from '../../parts/qr/qr.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { isOrdered, minutesLeft, useLongStay } from '../pay/long-stay.ts'
import { askedNow } from '../pay/offer.ts'
import { Hold } from '../picture/hold.tsx'
import { refused } from '../refused.ts'
import { EndedCard } from '../track/end.ts'
import { endOf, owedWords, placeOf } from '../track/standing.ts'
import { ToCome } from '../track/to-come.tsx'
import { Wipe } from '../track/wipe.tsx'
import { way } from '../ways.ts'
import { Check } from './check.tsx'
import { dateMore, filesNamed, promisedAt, sheetOf } from './sheet.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Receipt({ dossier, definition }: Props) {
  const { freshness } = useStatus(dossier, 30)
  const { proof, unit } = dossier
  if (proof === null) return null
  const { receipt, code } = proof
  const parts = receipt.files.length + 1
  const expected = promisedAt(dossier.status)
  return (
    <Page title={say('proof.page')} unit={unit.name} where={placeOf(dossier.status, dossier)}>
      <div class="stack--wide">
        {endOf(dossier.status?.state) !== null && <EndedCard dossier={dossier} definition={definition} status={dossier.status} />}
        <article class="proof">
          <div class={endOf(dossier.status?.state) === null ? 'proof__head' : 'proof__head proof__head--over'}>
            <Icon of="office" size="l" />
            <div>
              <h1 class="proof__word">{say('proof.title')}</h1>
              <p>{say('proof.parts', { count: parts })}</p>
            </div>
          </div>
          <div class="proof__body">
            <div class="side side--wrap">
              <div class="side__fill stack--tight">
                <p class="small quiet">{say('proof.code')}</p>
                <p class="proof__code" aria-label={[...code].join(' ')}>
                  {format.code(code).map((group) => (
                    <span key={group} class="proof__group">
                      {group}
                    </span>
                  ))}
                </p>
              </div>
              <Qr kind="proof__qr" text={`${location.origin}/tra-cuu#${code}`} label={say('proof.qr')} />
            </div>
            {proof.trackDigits !== null && (
              <p class="proof__digits">
                {say('proof.digits')} <b class="mono">{proof.trackDigits}</b>
              </p>
            )}
            <hr class="proof__cut" />
            <dl class="facts">
              <Fact icon="clock" name={say('proof.at')} value={format.moment(receipt.at)} />
              <Fact icon="office" name={say('proof.office')} value={unit.name} />
              {expected !== null && (
                <Fact
                  icon="calendar"
                  name={dossier.status?.due_at ? say('proof.promised') : say('proof.expected')}
                  value={format.moment(expected)}
                  more={dateMore(dossier.status)}
                />
              )}
            </dl>
          </div>
        </article>
        <ToCome dossier={dossier} definition={definition} />
        {onSharedDevice() && (
          <div class="note note--wait">
            <Icon of="bin" />
            <p class="note__body">{say('shared.proof', { minutes: minutesLeft(isOrdered(dossier.status)) })}</p>
          </div>
        )}
        <OtherFee dossier={dossier} definition={definition} />
        <NextStep dossier={dossier} definition={definition} />
        <Parts dossier={dossier} definition={definition} />
        <Check dossier={dossier} />
        {freshness === 'offline' && <p class="small quiet">{say('proof.offline')}</p>}
        <Wipe dossier={dossier} />
      </div>
    </Page>
  )
}

/** The fee of the day of sending is another one than the phone knew while the form was filled in. */
function OtherFee({ dossier, definition }: Props) {
  const before = feeOf(definition, dossier.values, today())?.amount ?? null
  const now = dossier.proof?.obligation?.amount ?? null
  if (before === null || now === null || before === now) return null
  return (
    <div class="note note--wait">
      <Icon of="money" />
      <p class="note__body">{say('pay.changed', { before: format.money(before), now: format.money(now) })}</p>
    </div>
  )
}

function NextStep({ dossier, definition }: Props) {
  const { proof } = dossier
  const obligation = dossier.status?.obligation ?? dossier.proof?.obligation ?? null
  const due = askedNow(obligation)
  const owed = owedWords(dossier.status, obligation)
  useLongStay(isOrdered(dossier.status))
  return (
    <div class="stack--tight">
      {owed !== null && <p>{owed}</p>}
      {due > 0 ? (
        <a class="btn btn--main" href={way.pay(dossier.id)}>
          <span>
            {say('pay.button')} {format.money(due)}
          </span> <Icon of="next" />
        </a>
      ) : (
        <a class={endOf(dossier.status?.state) === null ? 'btn btn--main' : 'btn'} href={way.follow(dossier.id)}>
          {say('proof.follow')} <Icon of="next" />
        </a>
      )}
      {obligation?.state === 'unquoted' && <p class="small quiet">{say('fee.unknown.more')}</p>}
      <SavePaper dossier={dossier} what="receipt" words={say('proof.save')} />
      {proof !== null && (
        <Hold
          pieces={() => sheetOf(dossier, proof, definition, location.origin)}
          name={`bien-nhan-${proof.code}.png`}
          label={say('proof.picture', { code: format.code(proof.code).join(' ') })}
          words={say('proof.hold')}
        />
      )}
      {due > 0 && (
        <a class="btn btn--plain" href={way.follow(dossier.id)}>
          {say('proof.follow')}
        </a>
      )}
    </div>
  )
}

/** Opens the signed PDF; the link is made when it is wanted and lives five minutes. */
export function SavePaper({ dossier, what, words }: { dossier: Dossier; what: 'receipt' | 'slip'; words: string }) {
  const [state, setState] = useState<'idle' | 'busy' | string>('idle')
  async function open(): Promise<void> {
    setState('busy')
    const link = await linkTo(dossier, what)
    if (link !== null && 'url' in link) {
      setState('idle')
      location.assign(link.url)
    } else setState(link === null ? say('proof.save.offline') : refused(link.problem))
  }
  return (
    <>
      <button class="btn" type="button" onClick={() => void open()}>
        <Icon of="save" />
        {words}
      </button>
      {state !== 'idle' && state !== 'busy' && (
        <p class="small" role="status">
          {state}
        </p>
      )}
    </>
  )
}

function Parts({ dossier, definition }: Props) {
  const { proof } = dossier
  if (proof === null) return null
  const files = filesNamed(proof, dossier.pages, definition)
  return (
    <section class="card">
      <h2>{say('proof.list', { count: files.length + 1 })}</h2>
      <p class="small quiet">{say('proof.same')}</p>
      <ul class="rows">
        <li class="row">
          <span class="row__text">
            <b>{say('send.form')}</b>
          </span>
          <Whole />
        </li>
        {files.map(({ sha256, size, name }, index) => (
          <li key={index} class="row">
            <span class="row__text">
              <b>{name}</b>
              <span class="small quiet num">
                {format.size(size)}, {say('proof.mark')} <span class="mono">{format.mark(sha256)}</span>
              </span>
            </span>
            <Whole />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Whole() {
  return (
    <span class="tag tag--safe">
      <Icon of="check" />
      {say('proof.whole')}
    </span>
  )
}
