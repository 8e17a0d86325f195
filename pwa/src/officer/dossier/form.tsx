/** Pieces of the forms that decide: words, refusals, the two buttons at the foot. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'

import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { say as sayDesk } from '../../words/desk.ts'
import { say } from '../../words/officer.ts'
import type { Refusal } from './refusal.ts'
import { plain, unreadable } from './written.ts'

interface TextProps {
  id: string
  label: string
  hint?: string
  value: string
  set: (value: string) => void
  wrong?: string | undefined
  required?: boolean
  rows?: number
  most?: number
}

/** What is wrong with the words as they stand there; the form's own fault comes first. */
const wrongWith = ({ value, wrong }: TextProps): string | undefined =>
  wrong ?? (unreadable(value) ? sayDesk('form.unreadable') : undefined)

/** `raw` keeps what was pasted to the letter: the columns of a statement are parted by tabs. */
export function TextArea({ raw = false, ...props }: TextProps & { raw?: boolean }) {
  const { id, label, hint, value, set, required = true, rows = 3, most = 2000 } = props
  const wrong = raw ? props.wrong : wrongWith(props)
  return (
    <Frame id={id} label={label} hint={hint} wrong={wrong} required={required}>
      <textarea
        class={boxClass(wrong)}
        id={id}
        rows={rows}
        maxLength={most}
        value={value}
        aria-required={required}
        {...describedBy({ id, hint, wrong })}
        onInput={(event) => set(event.currentTarget.value)}
        onChange={(event) => !raw && set(plain(event.currentTarget.value, true))}
      />
    </Frame>
  )
}

export function TextBox({ numeric = false, ...props }: TextProps & { numeric?: boolean }) {
  const { id, label, hint, value, set, required = true, most = 200 } = props
  const wrong = wrongWith(props)
  return (
    <Frame id={id} label={label} hint={hint} wrong={wrong} required={required}>
      <input
        class={boxClass(wrong)}
        id={id}
        value={value}
        maxLength={most}
        autocomplete="off"
        inputMode={numeric ? 'numeric' : 'text'}
        aria-required={required}
        {...describedBy({ id, hint, wrong })}
        onInput={(event) => set(event.currentTarget.value)}
        onChange={(event) => set(plain(event.currentTarget.value, false))}
      />
    </Frame>
  )
}

export const boxClass = (wrong: string | undefined): string =>
  wrong === undefined ? 'field__input' : 'field__input field__input--wrong'

interface SheetProps {
  title: string
  children: ComponentChildren
  send: string
  warn?: boolean
  busy: boolean
  submit: () => void
  cancel: () => void
  /** Another number moves the focus to the heading again. */
  opened?: number
}

/** One decision's form; its heading takes the focus when it opens. */
export function Sheet({ title, children, send, warn = false, busy, submit, cancel, opened = 0 }: SheetProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    const low = (heading.current?.getBoundingClientRect().top ?? 0) > innerHeight / 2
    heading.current?.scrollIntoView({ block: low ? 'start' : 'nearest' })
    heading.current?.focus({ preventScroll: true })
  }, [opened])
  return (
    <form
      class="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <h3 ref={heading} tabindex={-1}>
        {title}
      </h3>
      {children}
      <div class="stack--tight">
        <button class={warn ? 'btn btn--warn' : 'btn btn--main'} type="submit" aria-disabled={busy}>
          {busy ? say('decide.busy') : send}
        </button>
        <button class="btn btn--plain" type="button" onClick={cancel}>
          {say('decide.cancel')}
        </button>
      </div>
    </form>
  )
}

/** Why it was refused, and the way on; what was typed stays below it. */
export function Refused({ refusal, reload }: { refusal: Refusal | null; reload: () => void }) {
  if (refusal === null) return null
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <div class="note__body stack--tight">
        <p>
          <b>{say(`refused.${refusal.why}`)}</b>
          {refusal.why === 'stale' && <> {say('refused.stale.more')}</>}
        </p>
        {refusal.reload && (
          <button class="btn" type="button" onClick={reload}>
            <Icon of="again" />
            {say('refused.reload')}
          </button>
        )}
      </div>
    </div>
  )
}

/** Move the focus to the first box that is wrong, once it is drawn. */
export function focusSoon(id: string): void {
  setTimeout(() => {
    const box = document.getElementById(id)
    box?.scrollIntoView({ block: 'nearest' })
    box?.focus()
  })
}
