/**
 * Mode B, the sheet (tờ chuẩn bị): each answer to copy, each paper to save, for who files at the
 * national portal. Nothing leaves the phone by it; it can be printed.
 */
import type { ComponentChildren } from 'preact'

import type { Dossier } from '../../drafts/dossier.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import '../../parts/bank/bank.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import '../../parts/paper/paper.css'
import { Qr } from '../../parts/qr/qr.tsx'
import { Rich } from '../../parts/rich/rich.tsx'
import { say as sayLater } from '../../words/later.ts'
import { say } from '../../words/portal.ts'
import { photosArrived, whereabouts } from '../form/whereabouts.ts'
import { Copy } from '../pay/copy.tsx'
import { way } from '../ways.ts'
import { groupsOf, type Group } from './lines.ts'
import { Papers } from './papers.tsx'
import { PortalLink } from './portal-link.tsx'
import './portal.css'
import { portalWay } from './ways.ts'

interface Props {
  dossier: Dossier
  definition: Definition
}

export function Sheet({ dossier, definition }: Props) {
  return (
    <Page title={say('sheet.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide sheet">
        <div class="stack--tight">
          <h1>{say('sheet.title')}</h1>
          {dossier.portal === undefined && <Unsent dossier={dossier} />}
        </div>
        <Steps dossier={dossier} definition={definition} />
        <Answers dossier={dossier} definition={definition} />
        <Papers dossier={dossier} definition={definition} />
        {dossier.portal === undefined && (
          <a class="btn btn--main" href={portalWay.code(dossier.id)}>
            <Icon of="pen" />
            {say('sheet.done')}
          </a>
        )}
        <Paper id={dossier.id} />
        <a class="link" href={way.review(dossier.id)}>
          <Icon of="back" />
          {say('sheet.edit')}
        </a>
      </div>
    </Page>
  )
}

/** Nobody shall take the sheet for a filing; and what has gone to the ward before is told. */
function Unsent({ dossier }: { dossier: Dossier }) {
  return (
    <>
      <div class="note note--wait">
        <Icon of="alert" />
        <div class="note__body stack--tight">
          <p>
            <Rich text={say('sheet.unsent')} />
          </p>
          {dossier.sending.goal === 'submit' && <p>{say('sheet.queued')}</p>}
        </div>
      </div>
      <p class="quiet">{say('sheet.here')}</p>
      {photosArrived(dossier).have > 0 && <p class="quiet">{say('sheet.held')}</p>}
    </>
  )
}

function Steps({ dossier, definition: { code, name, fee } }: Props) {
  return (
    <section class="card stack--tight">
      <h2>{say('sheet.steps')}</h2>
      <ol class="sheet__steps">
        <Step words={say('sheet.step.open')}>
          <PortalLink />
        </Step>
        <Step words={say('sheet.step.find')}>
          <dl>
            <Copied what={say('sheet.procedure')} text={code} mono />
            <Copied what={say('sheet.name')} text={name} />
          </dl>
        </Step>
        <Step words={say('sheet.step.office')}>
          <dl>
            <Copied what={say('sheet.office')} text={dossier.unit.name} />
          </dl>
        </Step>
        <Step words={say('sheet.step.copy')} />
        <Step words={say('sheet.step.papers')} />
        {fee !== null && <Step words={say('sheet.step.pay')} />}
        <Step words={say('sheet.step.code')} />
      </ol>
      <p class="small quiet">{say('sheet.doubt')}</p>
    </section>
  )
}

function Step({ words, children }: { words: string; children?: ComponentChildren }) {
  return (
    <li class="sheet__step">
      {words}
      {children}
    </li>
  )
}

function Copied({ what, text, mono = false }: { what: string; text: string; mono?: boolean }) {
  return <Copy what={what} shown={text} text={text} done={say('sheet.copied', { what })} mono={mono} />
}

function Answers({ dossier, definition }: Props) {
  const words = {
    yes: sayLater('review.yes'),
    no: sayLater('review.no'),
    blank: '',
    province: sayLater('address.province'),
    ward: sayLater('address.ward'),
    street: sayLater('address.street'),
  }
  return (
    <section class="stack">
      <h2>{say('sheet.answers')}</h2>
      {groupsOf(definition, dossier.values, today(), words).map((group) => (
        <Answered key={group.id} group={group} />
      ))}
    </section>
  )
}

function Answered({ group: { title, lines, blank } }: { group: Group }) {
  return (
    <section class="card">
      {lines[0]?.label !== title && <h3>{title}</h3>}
      <dl class="rows">
        {lines.map(({ label, shown, copy }) => (
          <Copy key={label} what={label} shown={shown} text={copy} done={say('sheet.copied', { what: label })} />
        ))}
      </dl>
      {blank.length > 0 && <p class="small quiet">{say('sheet.blank', { labels: blank.join('; ') })}</p>}
    </section>
  )
}

/** On paper the way back to the phone: the address names the draft and holds no key. */
function Paper({ id }: { id: string }) {
  return (
    <section class="card stack--tight sheet__back">
      <h2>{say('sheet.back')}</h2>
      <div class="bank__code">
        <div class="bank__frame">
          <Qr kind="sheet__qr" text={`${location.origin}${portalWay.home(id)}`} label={say('sheet.qr')} />
        </div>
      </div>
      <p class="small">{say('sheet.qr.more')}</p>
      <button class="btn" type="button" onClick={() => print()}>
        <Icon of="print" />
        {say('sheet.print')}
      </button>
    </section>
  )
}
