/** One part of a transfer, and a button that copies it. */
import { useRef, useState } from 'preact/hooks'

import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'

interface Props {
  what: string
  shown: string
  text: string
  done: string
  mono?: boolean
}

export function Copy({ what, shown, text, done, mono = false }: Props) {
  const [copied, setCopied] = useState<boolean | null>(null)
  const value = useRef<HTMLElement>(null)
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
    } catch {
      // Inside other apps pages may not copy: the value is marked, so that a long press does.
      if (value.current !== null) getSelection()?.selectAllChildren(value.current)
      setCopied(false)
    }
  }
  return (
    <div class="copy">
      <dt class="copy__what">{what}</dt>
      <dd ref={value} class={mono ? 'copy__value mono' : 'copy__value num'}>{shown}</dd>
      <dd class="copy__btn">
        <button class="link" type="button" onClick={() => void copy()}>
          <Icon of={copied === true ? 'check' : 'copy'} size="s" />
          {copied === true ? say('copy.done') : say('copy.do')}
          <span class="unseen"> {what}</span>
        </button>
        <span class="unseen" role="status">
          {copied === true ? done : ''}
        </span>
      </dd>
      {copied === false && (
        <dd class="copy__hand small" role="status">
          {say('copy.hand')}
        </dd>
      )}
    </div>
  )
}
