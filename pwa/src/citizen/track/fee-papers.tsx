/** The papers of a paid fee: receipts once they have a number, until then what says that money came. */
import { useState } from 'preact/hooks'

import type { FeePapers as Found } from '../../api/schema.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import { feePapers } from '../../drafts/status.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { say } from '../../words/later.ts'
import { refused } from '../refused.ts'

type State = { is: 'idle' | 'busy' } | { is: 'refused'; words: string } | { is: 'there'; found: Found }

/** Links live for five minutes, so they are asked for when somebody wants them. */
export function FeePapers({ dossier }: { dossier: Dossier }) {
  const [state, setState] = useState<State>({ is: 'idle' })
  async function open(): Promise<void> {
    setState({ is: 'busy' })
    const found = await feePapers(dossier)
    if (found === null) setState({ is: 'refused', words: say('proof.save.offline') })
    else if ('receipts' in found) setState({ is: 'there', found })
    else setState({ is: 'refused', words: refused(found.problem) })
  }
  if (state.is === 'there') return <Links found={state.found} />
  return (
    <>
      <button class="btn" type="button" onClick={() => void open()}>
        <Icon of="save" />
        {say('track.receipts')}
      </button>
      {state.is === 'refused' && (
        <p class="small" role="status">
          {state.words}
        </p>
      )}
    </>
  )
}

function Links({ found }: { found: Found }) {
  const standing = found.receipts.filter(({ receipt: { state } }) => state === 'issued' || state === 'on_hold')
  return (
    <>
      {standing.map(({ receipt, url }) => (
        <a key={receipt.receipt} class="btn" href={url}>
          {say('track.receipt', { number: receipt.number ?? '' })}
        </a>
      ))}
      {standing.length === 0 && <p role="status">{say('track.receipt.later')}</p>}
      {found.acknowledgement_url && (
        <a class="btn" href={found.acknowledgement_url}>
          {say('track.acknowledgement')}
        </a>
      )}
    </>
  )
}
