/** `#ID/cat-vao-tui/PAPER`: the photos of this paper are kept for the next time, under a name the person gives. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import { wallet } from '../../drafts/wallet.ts'
import { paperName } from '../../form/paper-name.ts'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/wallet.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { way } from '../ways.ts'
import { Behind, useWallet } from './code.tsx'
import type { WalletProps } from './from-wallet.tsx'
import { unopened } from './list.tsx'
import { walletWay } from './ways.ts'

type End = 'kept' | 'already'

export function IntoWallet({ dossier, definition, paper: id, editing }: WalletProps) {
  const access = useWallet()
  const [end, setEnd] = useState<End | null>(null)
  const paper = definition.papers.find((one) => one.id === id)
  const back = walletWay.paper(dossier.id, id, editing)
  if (paper === undefined) {
    queueMicrotask(() => go(way.review(dossier.id), 'replace'))
    return null
  }
  const title = say(end === null ? 'wallet.into' : `wallet.${end}`)
  return (
    <Page key={title} title={title} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{title}</h1>
          <p>{say('wallet.what')}</p>
          <p class="quiet">{say('wallet.keep.original')}</p>
        </div>
        {end === null && (
          <Behind access={access} making>
            <Name dossier={dossier.id} first={paperName(paper.name).short} shots={dossier.pages[id] ?? []} done={setEnd} />
          </Behind>
        )}
        <p>
          <a class={end === null ? 'link' : 'btn btn--main'} href={back}>
            {end === null && <Icon of="back" />}
            {say('wallet.back')}
          </a>
        </p>
      </div>
    </Page>
  )
}

interface NameProps {
  dossier: string
  first: string
  shots: readonly { sha256: string; name: string; original: boolean }[]
  done: (end: End) => void
}

function Name({ dossier, first, shots, done }: NameProps) {
  const [name, setName] = useState(first)
  const [wrong, setWrong] = useState<string>()

  async function keep(): Promise<void> {
    const pages = await Promise.all(
      shots.map(async ({ sha256, name, original }) => {
        const kept = await book.bytes(dossier, sha256)
        return kept === null ? null : { sha256, name, original, ...kept }
      }),
    )
    const there = pages.filter((page) => page !== null)
    if (there.length === 0 || there.length < shots.length) return setWrong(say('wallet.gone'))
    done((await wallet.keep(name.trim(), there)) ? 'kept' : 'already')
  }

  function submit(event: Event): void {
    event.preventDefault()
    if (name.trim() === '') {
      setWrong(say('wallet.noname'))
      document.getElementById('ten-giay')?.focus()
      return
    }
    void keep().catch((fault: unknown) => {
      setWrong(fault instanceof DOMException && fault.name === 'QuotaExceededError' ? say('wallet.full') : unopened())
    })
  }

  const hint = say('wallet.name.more')
  return (
    <form class="stack" noValidate onSubmit={submit}>
      <Frame id="ten-giay" label={say('wallet.name')} hint={hint} wrong={wrong} required>
        <input
          id="ten-giay"
          class={`field__input${wrong === undefined ? '' : ' field__input--wrong'}`}
          autocomplete="off"
          maxLength={80}
          value={name}
          {...describedBy({ id: 'ten-giay', hint, wrong })}
          onInput={(event) => setName(event.currentTarget.value)}
        />
      </Frame>
      <button class="btn btn--main" type="submit">
        {say('wallet.do')}
      </button>
    </form>
  )
}
