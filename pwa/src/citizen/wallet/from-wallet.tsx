/** `#ID/lay-tu-tui/PAPER`: which of the papers in the wallet is used for this one. */
import { useState } from 'preact/hooks'

import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { wallet, type Kept } from '../../drafts/wallet.ts'
import type { Definition } from '../../form/definition.ts'
import { paperName } from '../../form/paper-name.ts'
import '../../parts/facts/facts.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/wallet.ts'
import { Full } from '../form/full.tsx'
import { whereabouts } from '../form/whereabouts.ts'
import { placed } from '../papers/order.ts'
import { keepPages } from '../papers/keep-pages.ts'
import { way } from '../ways.ts'
import { Behind, useWallet } from './code.tsx'
import { About, unopened, useKept } from './list.tsx'
import { walletWay } from './ways.ts'

export interface WalletProps {
  dossier: Dossier
  definition: Definition
  paper: string
  editing: boolean
}

export function FromWallet({ dossier, definition, paper: id, editing }: WalletProps) {
  const access = useWallet()
  const paper = definition.papers.find((one) => one.id === id)
  const back = walletWay.paper(dossier.id, id, editing)
  if (paper === undefined) {
    queueMicrotask(() => go(way.review(dossier.id), 'replace'))
    return null
  }
  const room = paper.max_files - (dossier.pages[id] ?? []).length
  return (
    <Page title={say('wallet.which')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <Full />
        <div class="stack--tight">
          <p class="quiet">{paperName(paper.name).short}</p>
          <h1>{say('wallet.which')}</h1>
        </div>
        <Behind access={access} making={false}>
          <Choice dossier={dossier} definition={definition} paper={id} room={room} back={back} />
        </Behind>
        <p>
          <a class="link" href={back}>
            <Icon of="back" />
            {say('wallet.back')}
          </a>
        </p>
      </div>
    </Page>
  )
}

interface ChoiceProps extends Omit<WalletProps, 'editing'> {
  room: number
  back: string
}

function Choice({ dossier, definition, paper, room, back }: ChoiceProps) {
  const kept = useKept(null)
  const [wrong, setWrong] = useState<string | null>(null)

  async function use({ id, pages: count }: Kept): Promise<void> {
    if (count > room) return setWrong(say('wallet.room', { count: room }))
    const pages = await wallet.take(id)
    if (pages === null) return setWrong(say('wallet.unread'))
    for (const { sha256, mediaType, bytes } of pages) await book.putBytes(dossier.id, sha256, { bytes, mediaType })
    const shots = pages.map(({ sha256, mediaType, name, original, bytes }) => {
      return { sha256, size: bytes.byteLength, media_type: mediaType, name, original, hint: null }
    })
    await keepPages(dossier, definition, paper, (now) => shots.reduce((all, shot) => placed(all, shot, null), [...now]))
    go(back)
  }

  if (kept === null) return null
  if (typeof kept === 'string') return <p role="alert">{kept}</p>
  if (kept.length === 0) return <p>{say('wallet.empty')}</p>
  return (
    <>
      {wrong !== null && (
        <p class="field__wrong" role="alert">
          <Icon of="alert" />
          {wrong}
        </p>
      )}
      <ul class="rows card card--rows">
        {kept.map((one) => (
          <li key={one.id}>
            <button class="row row--link" type="button" onClick={() => void use(one).catch(() => setWrong(unopened()))}>
              <Icon of="paper" />
              <About kept={one} />
              <Icon of="next" size="s" />
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
