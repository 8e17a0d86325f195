/** The code of the wallet: asked once and again while it is closed, chosen when there is none yet. */
import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { wallet, weakness } from '../../drafts/wallet.ts'
import { markWallet, mayHaveWallet } from '../../drafts/wallet-there.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/wallet.ts'
import { Coming } from '../trouble.tsx'
import { WipeAll } from './wipe-all.tsx'

type State = 'coming' | 'barred' | 'none' | 'closed' | 'open' | 'broken'

/** How often an open page looks whether the wallet has locked itself. */
const LOOK = 5_000

export interface Access {
  state: State
  /** Look again: it was opened, closed or wiped. */
  again: () => void
}

/** Whether there is a wallet on this device, and whether it is open; on a borrowed one there is none. */
export function useWallet(): Access {
  const [state, setState] = useState<State>('coming')
  async function look(): Promise<void> {
    await book.ready()
    if (!mayHaveWallet()) return setState('barred')
    const there = await wallet.isThere()
    markWallet(there)
    setState(!there ? 'none' : wallet.isOpen() ? 'open' : 'closed')
  }
  const again = (): void => void look().catch(() => setState('broken'))
  useEffect(again, [])
  useEffect(() => {
    if (state !== 'open') return undefined
    const watch = setInterval(() => wallet.isOpen() || setState('closed'), LOOK)
    return () => clearInterval(watch)
  }, [state])
  return { state, again }
}

/** Its content once the wallet is open; before that the code. `making` tells whether one may be made here. */
export function Behind({ access: { state, again }, making, children }: { access: Access; making: boolean; children: ComponentChildren }) {
  if (state === 'open') return <>{children}</>
  if (state === 'coming') return <Coming />
  if (state === 'barred') return <p>{say('wallet.shared')}</p>
  if (state === 'broken') return <p role="alert">{say('wallet.broken')}</p>
  if (state === 'none') return making ? <NewCode done={again} /> : <p>{say('wallet.none')}</p>
  return <Code done={again} />
}

interface BoxProps {
  id: string
  label: string
  hint?: string
  wrong: string | undefined
  value: string
  set: (value: string) => void
}

/** Digits, hidden as they are typed: somebody may look over the shoulder. */
function Box({ id, label, hint, wrong, value, set }: BoxProps) {
  return (
    <Frame id={id} label={label} hint={hint} wrong={wrong} required>
      <input
        id={id}
        class={`field__input mono${wrong === undefined ? '' : ' field__input--wrong'}`}
        type="password"
        inputMode="numeric"
        autocomplete="off"
        maxLength={40}
        value={value}
        {...describedBy({ id, hint, wrong })}
        onInput={(event) => set(event.currentTarget.value)}
      />
    </Frame>
  )
}

/** A try takes a moment on purpose; each failing one takes the focus back to its box. */
function useTry(box: string) {
  const [wrong, setWrong] = useState<{ at: string; words: Fault } | null>(null)
  const [working, setWorking] = useState(false)
  function fail(at: string, words: Fault): void {
    setWrong({ at, words })
    requestAnimationFrame(() => document.getElementById(at)?.focus())
  }
  async function attempt(work: () => Promise<boolean>): Promise<boolean> {
    setWorking(true)
    const end = await work().then((fine) => (fine ? 'fine' : 'wrong'), () => 'broken' as const)
    setWorking(false)
    if (end !== 'fine') fail(box, end)
    return end === 'fine'
  }
  return { wrong, working, fail, attempt }
}

type Fault = 'nocode' | 'short' | 'easy' | 'differs' | 'wrong' | 'broken'
const words = (fault: Fault): string => say(`wallet.${fault}`)

function Code({ done }: { done: () => void }) {
  const [code, setCode] = useState('')
  const { wrong, working, fail, attempt } = useTry('ma-tui')
  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    if (code === '') return fail('ma-tui', 'nocode')
    if (await attempt(() => wallet.open(code))) done()
  }
  return (
    <>
      <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
        <Box id="ma-tui" label={say('wallet.code')} wrong={wrong === null ? undefined : words(wrong.words)} value={code} set={setCode} />
        <Working is={working} />
        <button class="btn btn--main" type="submit">
          {say('wallet.open')}
        </button>
      </form>
      <WipeAll done={done} forgotten />
    </>
  )
}

function NewCode({ done }: { done: () => void }) {
  const [code, setCode] = useState('')
  const [again, setAgain] = useState('')
  const { wrong, working, fail, attempt } = useTry('ma-moi')
  async function submit(event: Event): Promise<void> {
    event.preventDefault()
    const weak = weakness(code)
    if (weak !== null) return fail('ma-moi', weak)
    if (code !== again) return fail('ma-lai', 'differs')
    if (await attempt(() => wallet.make(code))) done()
  }
  const at = (id: string): string | undefined => (wrong?.at === id ? words(wrong.words) : undefined)
  return (
    <form class="stack" noValidate onSubmit={(event) => void submit(event)}>
      <Box id="ma-moi" label={say('wallet.new')} hint={say('wallet.new.more')} wrong={at('ma-moi')} value={code} set={setCode} />
      <Box id="ma-lai" label={say('wallet.repeat')} wrong={at('ma-lai')} value={again} set={setAgain} />
      <div class="note note--wait">
        <Icon of="alert" />
        <p class="note__body">{say('wallet.forget')}</p>
      </div>
      <Working is={working} />
      <button class="btn btn--main" type="submit">
        {say('wallet.make')}
      </button>
    </form>
  )
}

function Working({ is }: { is: boolean }) {
  return <p role="status">{is ? say('wallet.working') : ''}</p>
}
