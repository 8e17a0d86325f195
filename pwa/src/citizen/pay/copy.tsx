/** One part of a transfer, and a button that copies it. */
import { useState } from 'preact/hooks'

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
  const [copied, setCopied] = useState(false)
  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return (
    <div class="copy">
      <dt class="copy__what">{what}</dt>
      <dd class={mono ? 'copy__value mono' : 'copy__value num'}>{shown}</dd>
      <dd class="copy__btn">
        <button class="link" type="button" onClick={() => void copy()}>
          <Icon of={copied ? 'check' : 'copy'} size="s" />
          {copied ? say('copy.done') : say('copy.do')}
          <span class="unseen"> {what}</span>
        </button>
        <span class="unseen" role="status">
          {copied ? done : ''}
        </span>
      </dd>
    </div>
  )
}
