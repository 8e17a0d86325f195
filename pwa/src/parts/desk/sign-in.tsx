/** Signing in (đăng nhập): one text for every refusal, and nothing typed is lost. */
import { useState } from 'preact/hooks'

import { say } from '../../words/desk.ts'
import { describedBy } from '../field/described.ts'
import { Frame } from '../field/frame.tsx'
import { Icon } from '../icon/icon.tsx'
import '../choice/choice.css'
import { Page } from '../page/page.tsx'
import { Summary, type Place } from '../summary/summary.tsx'
import { signIn, type Session } from './session.ts'
import { useTyped } from './typed.ts'

interface Props {
  why: Extract<Session, { is: 'out' }>['why']
  desk: 'officer' | 'leader'
}

const LOGIN = 'ten-dang-nhap'
const PASSWORD = 'mat-khau'

export function SignIn({ why, desk }: Props) {
  const [login, setLogin] = useTyped('login', '')
  const [password, setPassword] = useState('')
  const [shown, setShown] = useState(false)
  const [busy, setBusy] = useState(false)
  const [places, setPlaces] = useState<readonly Place[]>([])
  const [round, setRound] = useState(0)
  const [refusal, setRefusal] = useState<string | null>(null)
  const wrongAt = (at: string): string | undefined => places.find((place) => place.at === at)?.words

  function missing(): Place[] {
    const wrong: Place[] = []
    if (login.trim() === '') wrong.push({ at: LOGIN, words: say('in.login.empty') })
    if (password === '') wrong.push({ at: PASSWORD, words: say('in.password.empty') })
    return wrong
  }

  async function enter(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    const wrong = missing()
    setPlaces(wrong)
    setRound((count) => count + 1)
    setRefusal(null)
    if (wrong.length > 0) return
    setBusy(true)
    setRefusal(await signIn(login.trim(), password))
    setBusy(false)
  }

  return (
    <Page title={say('in.title')} unit={say(`in.${desk}`)}>
      <form class="stack--wide" noValidate onSubmit={(event) => void enter(event)}>
        {why !== 'never' && places.length === 0 && refusal === null && <Left why={why} />}
        {refusal !== null && <Refused words={refusal} />}
        <Summary places={places} round={round} />
        <h1>{say('in.title')}</h1>
        <Frame id={LOGIN} label={say('in.login')} wrong={wrongAt(LOGIN)} required>
          <Box id={LOGIN} value={login} set={setLogin} wrong={wrongAt(LOGIN)} autocomplete="username" />
        </Frame>
        <Frame id={PASSWORD} label={say('in.password')} wrong={wrongAt(PASSWORD)} required>
          <Box
            id={PASSWORD}
            value={password}
            set={setPassword}
            wrong={wrongAt(PASSWORD)}
            autocomplete="current-password"
            hidden={!shown}
          />
        </Frame>
        <label class="choice choice--bare">
          <input
            class="choice__input"
            type="checkbox"
            checked={shown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
          <span class="choice__body">{say('in.show')}</span>
        </label>
        <button class="btn btn--main" type="submit" aria-disabled={busy}>
          <Icon of="lock" />
          {say('in.do')}
        </button>
      </form>
    </Page>
  )
}

/** One text for every refusal, told once and aloud. */
function Refused({ words }: { words: string }) {
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <p class="note__body">{words}</p>
    </div>
  )
}

function Left({ why }: { why: 'ended' | 'left' }) {
  return (
    <div class={why === 'ended' ? 'note note--wait' : 'note'} role="status">
      <Icon of={why === 'ended' ? 'clock' : 'check'} />
      <p class="note__body">{say(why === 'ended' ? 'in.ended' : 'in.out')}</p>
    </div>
  )
}

interface BoxProps {
  id: string
  value: string
  set: (value: string) => void
  wrong: string | undefined
  autocomplete: string
  hidden?: boolean
}

function Box({ id, value, set, wrong, autocomplete, hidden = false }: BoxProps) {
  const mark = wrong === undefined ? '' : ' field__input--wrong'
  return (
    <input
      class={`field__input${mark}`}
      id={id}
      name={autocomplete}
      type={hidden ? 'password' : 'text'}
      value={value}
      autocomplete={autocomplete}
      autocapitalize="off"
      spellcheck={false}
      {...describedBy({ id, wrong })}
      onInput={(event) => set(event.currentTarget.value)}
    />
  )
}
