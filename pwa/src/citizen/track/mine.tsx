/** `Hồ sơ của tôi`: what lies on this device, drafts apart from what was sent. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { book, useBook } from '../../drafts/book.ts'
import { isSent, type Dossier } from '../../drafts/dossier.ts'
import { codeOf, refreshAll } from '../../drafts/status.ts'
import { isUnsent } from '../../drafts/supplement.ts'
import { isWalletThere } from '../../drafts/wallet-there.ts'
import { ownerOf } from '../../form/owner.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import type { Shape } from '../../parts/icon/shapes.ts'
import { useReturn } from '../../parts/lazy/network.ts'
import { Page } from '../../parts/page/page.tsx'
import { say as sayBeside } from '../../words/beside.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import { language } from '../../words/say.ts'
import { Until } from '../beside/until.tsx'
import { useNames } from '../names.ts'
import { NewVersion } from '../new-version.tsx'
import { Coming } from '../trouble.tsx'
import { askedNow } from '../pay/offer.ts'
import { portalWay } from '../portal/ways.ts'
import { walletWay } from '../wallet/ways.ts'
import { way } from '../ways.ts'
import { Wipe } from './wipe.tsx'

export function Mine() {
  const [ready, setReady] = useState(false)
  const [offline, setOffline] = useState(false)
  const ask = async (): Promise<void> => setOffline(!(await refreshAll(book.list().filter(isSent))))
  useEffect(() => {
    void book.ready().then(() => {
      setReady(true)
      return ask()
    })
  }, [])
  useReturn(() => void ask(), offline)
  const dossiers = useBook(() => book.list())
  const filed = dossiers.filter((dossier) => dossier.portal !== undefined && !isSent(dossier))
  const drafts = dossiers.filter((dossier) => !isSent(dossier) && !filed.includes(dossier))
  const sent = dossiers.filter(isSent)
  const called = useNames(dossiers.some(({ titles }) => titles?.[language()] === undefined))
  const titleOf = ({ procedure, title, titles }: Dossier): string => titles?.[language()] ?? called({ code: procedure, name: title })
  return (
    <Page title={say('mine.title')}>
      <div class="stack--wide">
        <h1>{say('mine.title')}</h1>
        <NewVersion />
        {!ready && <Coming />}
        {ready && dossiers.length === 0 && <Nothing />}
        {drafts.length > 0 && (
          <section class="stack">
            <h2>{say('mine.drafts')}</h2>
            {drafts.map((dossier) => (
              <Draft key={dossier.id} dossier={dossier} title={titleOf(dossier)} alone={drafts.length === 1} />
            ))}
          </section>
        )}
        {sent.length > 0 && (
          <section class="stack">
            <h2>{say('mine.sent')}</h2>
            {offline && (
              <p class="tag tag--wait" role="status">
                <Icon of="cut" />
                {say('track.offline')}
              </p>
            )}
            <ul class="rows card card--rows">
              {sent.map((dossier) => (
                <Sent key={dossier.id} dossier={dossier} title={titleOf(dossier)} old={offline} />
              ))}
            </ul>
          </section>
        )}
        {filed.length > 0 && (
          <section class="stack">
            <h2>{say('mine.portal')}</h2>
            <ul class="rows card card--rows">
              {filed.map((dossier) => (
                <Filed key={dossier.id} dossier={dossier} title={titleOf(dossier)} />
              ))}
            </ul>
          </section>
        )}
        <Way href="/tra-cuu" icon="search" words={say('mine.other')} />
        <Way href="/h#tep" icon="lock" words={sayBeside('file.open')} />
        {ready && isWalletThere() && <Way href={walletWay.own} icon="card" words={say('wallet.own')} />}
      </div>
    </Page>
  )
}

function Way({ href, icon, words }: { href: string; icon: Shape; words: string }) {
  return (
    <p>
      <a class="link" href={href}>
        <Icon of={icon} size="s" />
        {words}
      </a>
    </p>
  )
}

/** Whose dossier it is, once its form has been looked up; several of one procedure are told apart by it. */
function useOwner(dossier: Dossier): string | null {
  const [owner, setOwner] = useState<string | null>(null)
  useEffect(() => {
    void book.definition(dossier).then((form) => setOwner(form && ownerOf(form, dossier.values, today())), () => undefined)
  }, [dossier.id])
  return owner
}

function Nothing() {
  return (
    <div class="card empty stack--tight">
      <Icon of="paper" size="l" />
      <p>
        <b>{say('mine.none')}</b>
      </p>
      <p class="small">{say('mine.none.more')}</p>
      <a class="btn" href="/">
        <Icon of="search" />
        {say('mine.find')}
      </a>
    </div>
  )
}

/** Not sent yet, and said so on each: nobody shall take a draft for a sent dossier. */
function Draft({ dossier, title, alone }: { dossier: Dossier; title: string; alone: boolean }) {
  const owner = useOwner(dossier)
  const sending = dossier.sending.goal === 'submit'
  return (
    <div class="card stack--tight">
      <p class={sending ? 'tag tag--way' : 'tag tag--wait'}>
        <Icon of={sending ? 'way' : 'phone'} />
        {sending ? say('mine.sending') : say('mine.unsent')}
      </p>
      <h3>{title}</h3>
      <p class="small quiet">
        {owner !== null && (
          <>
            <b>{owner}</b>
            <br />
          </>
        )}
        {dossier.unit.name}, {say('mine.saved', { begun: format.moment(dossier.madeAt), moment: format.moment(dossier.savedAt) })}
      </p>
      <Until dossier={dossier} />
      <a class={alone ? 'btn btn--main' : 'btn'} href={way.dossier(dossier.id)}>
        {sending ? say('mine.look') : say('mine.resume')}
      </a>
      <a class="link" href={way.elsewhere(dossier.id)}>
        <Icon of="share" size="s" />
        {sayBeside('over.title')}
      </a>
      <Wipe dossier={dossier} />
    </div>
  )
}

/** Where it stands; `old` when nobody could be asked just now: then since when that is known. */
function Sent({ dossier, title, old }: { dossier: Dossier; title: string; old: boolean }) {
  const code = codeOf(dossier)
  const state = dossier.status?.state ?? 'submitted'
  const at = dossier.proof?.receipt.at ?? dossier.status?.timeline[0]?.at
  const heard = dossier.heardAt ?? at
  const owner = useOwner(dossier)
  const owed = askedNow(dossier.status?.obligation ?? dossier.proof?.obligation ?? null)
  return (
    <Line href={way.follow(dossier.id)} icon="office" title={title}>
      {say(`state.${state === 'draft' ? 'submitted' : state}`)}
      {owed > 0 && (
        <>
          <br />
          <b>{say('pay.open', { amount: format.money(owed) })}</b>
        </>
      )}
      {old && heard !== undefined && (
        <>
          <br />
          {say('mine.since', { moment: format.moment(heard) })}
        </>
      )}
      <br />
      <span class="mono">{format.code(code).join(' ')}</span>
      <br />
      {owner !== null && <b>{owner}, </b>}
      {at !== undefined && sayBeside('mine.at', { moment: format.moment(at) })}
      {isUnsent(dossier) && <span class="tag tag--wait">{sayBeside('ask.unsent')}</span>}
    </Line>
  )
}

/** Filed at the national portal, by the person: not at the ward through us, and never said so. */
function Filed({ dossier, title }: { dossier: Dossier; title: string }) {
  return (
    <Line href={portalWay.home(dossier.id)} icon="globe" title={title}>
      {say('mine.portal.one')} <span class="mono">{dossier.portal?.code}</span>
    </Line>
  )
}

function Line({ href, icon, title, children }: { href: string; icon: Shape; title: string; children: ComponentChildren }) {
  return (
    <li>
      <a class="row row--link" href={href}>
        <Icon of={icon} />
        <span class="row__text">
          {title}
          <span class="facts__more">{children}</span>
        </span>
        <Icon of="next" size="s" />
      </a>
    </li>
  )
}
