/** The code that the portal gave (mã hồ sơ trên Cổng): typed or scanned, kept on this phone. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { aim } from '../../drafts/sending.ts'
import { today } from '../../form/today.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { lazy } from '../../parts/lazy/lazy.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Summary } from '../../parts/summary/summary.tsx'
import { say } from '../../words/portal.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { readTyped } from './code.ts'
import type { ScanProps } from './portal-scan.tsx'
import { portalWay } from './ways.ts'

/** The reader of QR codes comes when it is wanted. */
const Scan = lazy<ScanProps>(async () => (await import('./portal-scan.tsx')).Scan)

const BOX = 'ma-cong'

/** Filed over there: nothing of it is sent from here any more. */
async function keep(id: string, code: string): Promise<void> {
  await book.change(id, (now) => ({
    ...now,
    portal: { code, at: new Date().toISOString() },
    sending: aim(now.sending, 'none'),
  }))
  go(portalWay.home(id), 'replace')
}

async function drop(id: string): Promise<void> {
  await book.change(id, ({ portal: _gone, ...now }) => ({ ...now, savedAt: Date.now() }))
  go(portalWay.home(id), 'replace')
}

export function CodePage({ dossier }: { dossier: Dossier }) {
  const [typed, setTyped] = useState(dossier.portal?.code ?? '')
  const [scanning, setScanning] = useState(false)
  if (!scanning) return <Typed dossier={dossier} typed={typed} set={setTyped} scan={() => setScanning(true)} />
  const found = (code: string): void => {
    setTyped(code)
    setScanning(false)
  }
  return <Scan dossier={dossier} found={found} leave={() => setScanning(false)} />
}

interface TypedProps {
  dossier: Dossier
  typed: string
  set: (text: string) => void
  scan: () => void
}

type Wrong = 'empty' | 'wrong' | 'short' | 'long' | 'unusual' | 'failed'

function Typed({ dossier, typed, set, scan }: TypedProps) {
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [round, setRound] = useState(0)
  /** What was asked about once already is kept when the person insists. */
  const [insisted, setInsisted] = useState('')

  /** Another code is another question. */
  function type(text: string): void {
    set(text)
    if (wrong === 'unusual') setWrong(null)
  }

  function submit(event: Event): void {
    event.preventDefault()
    setRound((count) => count + 1)
    const reading = readTyped(typed, today())
    if (reading.is === 'code' || (reading.is === 'unusual' && reading.code === insisted)) {
      void keep(dossier.id, reading.code).catch(() => setWrong('failed'))
      return
    }
    setInsisted(reading.is === 'unusual' ? reading.code : '')
    setWrong(reading.is === 'own' ? 'wrong' : reading.is)
  }

  const words = wrong === null ? undefined : say(`code.${wrong}`)
  const box = { id: BOX, label: say('code.label'), hint: say('code.hint'), wrong: words, required: true }
  return (
    <Page title={say('code.title')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <form class="stack--wide" noValidate onSubmit={submit}>
        <Summary places={words === undefined ? [] : [{ at: BOX, words }]} round={round} />
        <h1>{say('code.title')}</h1>
        <button class="btn" type="button" onClick={scan}>
          <Icon of="qr" />
          {say('code.scan')}
        </button>
        <Frame {...box}>
          <input
            class={words === undefined ? 'field__input mono' : 'field__input field__input--wrong mono'}
            id={BOX}
            name={BOX}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            maxLength={60}
            value={typed}
            aria-required
            {...describedBy(box)}
            onInput={(event) => type(event.currentTarget.value)}
          />
        </Frame>
        <div class="stack--tight">
          <button class="btn btn--main" type="submit">
            {say(wrong === 'unusual' ? 'code.anyway' : 'code.keep')}
          </button>
          <Leave dossier={dossier} />
        </div>
      </form>
    </Page>
  )
}

function Leave({ dossier }: { dossier: Dossier }) {
  if (dossier.portal !== undefined)
    return (
      <button class="btn btn--plain" type="button" onClick={() => void drop(dossier.id).catch(() => undefined)}>
        {say('code.drop')}
      </button>
    )
  return (
    <a class="btn btn--plain" href={portalWay.home(dossier.id)}>
      {say('code.leave')}
    </a>
  )
}
