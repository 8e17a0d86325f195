/** Saying that one pays nothing (đề nghị miễn phí): the group, and what proves it. */
import { useState } from 'preact/hooks'

import { call, type Lost, type Refusal } from '../../api/client.ts'
import type { Obligation } from '../../api/schema.ts'
import { book } from '../../drafts/book.ts'
import { NOTHING_CLAIMED } from '../../drafts/claim.ts'
import type { Claimed, Dossier } from '../../drafts/dossier.ts'
import { refresh } from '../../drafts/status.ts'
import type { Definition, Exemption } from '../../form/definition.ts'
import { tidy } from '../../form/text.ts'
import { Choices } from '../../parts/choice/choices.tsx'
import { describedBy } from '../../parts/field/described.ts'
import { Frame } from '../../parts/field/frame.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { go } from '../../parts/router/router.ts'
import { Summary, type Place } from '../../parts/summary/summary.tsx'
import { say } from '../../words/claim.ts'
import { say as sayLater } from '../../words/later.ts'
import { language } from '../../words/say.ts'
import { waysOf } from '../pay/places.ts'
import { doubtful } from '../procedure/facts.tsx'
import { unhappy } from '../refused.ts'
import { placeOf } from '../track/standing.ts'
import { way } from '../ways.ts'

const EVIDENCE = 'giay-chung-minh'
const FIRST = 'dien-0'
const MOST_EVIDENCE = 300

interface Props {
  dossier: Dossier
  obligation: Obligation
  definition: Definition
  groups: readonly Exemption[]
}

/** What went wrong at the last try; its words are those of the language spoken now. */
type Wrong = Refusal | Lost | 'no group'

/** What the server says of what was written stands at its box; all else, at the button. */
function wrongPlace(wrong: Wrong): Place {
  if (wrong === 'no group') return { at: FIRST, words: say('claim.group.empty') }
  const fault = wrong.end === 'refusal' ? wrong.problem.errors?.find(({ pointer }) => pointer === '/evidence') : undefined
  if (fault === undefined) return { at: 'gui', words: unhappy(wrong) }
  return { at: EVIDENCE, words: language() === 'vi' ? fault.message_vi : fault.message_en }
}

/** What stands below a group: what it shows, and that nobody has verified it. */
function more(definition: Definition, { id, evidence: paper }: Exemption): string | null {
  const doubt = doubtful(definition, `fee.exemptions.${id}`)
  const lines = [paper ? say('claim.shows', { paper }) : null, doubt ? `${sayLater('start.doubt')}.` : null]
  return lines.filter((one) => one !== null).join(' ') || null
}

export function Claim({ dossier, obligation, definition, groups }: Props) {
  const [claim, setClaim] = useState(dossier.claim ?? NOTHING_CLAIMED)
  const [wrong, setWrong] = useState<Wrong | null>(null)
  const [round, setRound] = useState(0)
  const [busy, setBusy] = useState(false)

  /** On the screen at once, on the device right after. */
  function write(part: Partial<Claimed>): void {
    const next = { ...claim, ...part }
    setClaim(next)
    void book.change(dossier.id, (now) => ({ ...now, claim: next })).catch(() => undefined)
  }

  async function send(event: Event): Promise<void> {
    event.preventDefault()
    if (busy) return
    const { group, evidence } = claim
    setRound((count) => count + 1)
    if (group === null) return setWrong('no group')
    setBusy(true)
    const path = `/api/v1/dossiers/${dossier.id}/exemption`
    const result = await call(path, { method: 'POST', key: dossier.key, json: { group, evidence: tidy(evidence) } })
    if (result.end !== 'answer') setWrong(result)
    else {
      await refresh(dossier)
      go(way.pay(dossier.id), 'replace')
    }
    setBusy(false)
  }

  const places = wrong === null ? [] : [wrongPlace(wrong)]
  const wrongAt = (box: string): string | undefined => places.find(({ at }) => at === box)?.words
  const frame = {
    id: EVIDENCE,
    label: say('claim.evidence'),
    hint: say('claim.evidence.hint'),
    required: false,
    wrong: wrongAt(EVIDENCE),
  }
  return (
    <Page title={say('claim.title')} unit={dossier.unit.name} where={placeOf(dossier.status, dossier)}>
      <form class="stack--wide" noValidate onSubmit={(event) => void send(event)}>
        <Summary places={places} round={round} />
        <div class="stack--tight">
          <h1>{say('claim.title')}</h1>
          <p>{say('claim.how')}</p>
          <p>{say('claim.waits')}</p>
        </div>
        <Choices
          id="dien"
          label={say('claim.group')}
          wrong={wrongAt(FIRST)}
          chosen={claim.group}
          choose={(group) => {
            write({ group })
            setWrong(null)
          }}
          choices={groups.map((group) => ({ id: group.id, words: group.words, more: more(definition, group) }))}
        />
        <Frame {...frame}>
          <textarea
            id={frame.id}
            class={frame.wrong === undefined ? 'field__input' : 'field__input field__input--wrong'}
            rows={2}
            maxLength={MOST_EVIDENCE}
            value={claim.evidence}
            {...describedBy(frame)}
            onInput={(event) => write({ evidence: event.currentTarget.value })}
          />
        </Frame>
        {definition.fee?.note && <p class="small">{definition.fee.note}</p>}
        <div class="stack--tight">
          <button class="btn btn--main" id="gui" type="submit" aria-disabled={busy}>
            {say('claim.send')}
          </button>
          <p>
            <a class="link" href={waysOf(dossier.id, obligation)}>
              <Icon of="back" />
              {say('claim.back')}
            </a>
          </p>
        </div>
      </form>
    </Page>
  )
}
