/** Where a dossier stands in the one-stop system (hệ thống một cửa điện tử). */
import { useEffect, useState } from 'preact/hooks'

import type { DossierState } from '../../api/schema.ts'
import { ask } from '../../parts/desk/session.ts'
import { Tag } from '../../parts/desk/tag.tsx'
import '../../parts/facts/answer.css'
import * as format from '../../words/format.ts'
import { say } from '../../words/officer.ts'
import { sidesOf } from '../differing.ts'
import type { Delivery, Discrepancy, Full, Sending } from '../shapes.ts'

/** The discrepancies of one dossier; they stand in the desk's list alone. */
function useDifferences(full: Full): readonly Discrepancy[] | null {
  const [found, setFound] = useState<readonly Discrepancy[] | null>(null)
  const there = full.forwarded !== null
  useEffect(() => {
    if (!there) return
    let left = false
    void ask<Sending>('/api/v1/workbench/sending').then((result) => {
      if (left || result.end !== 'answer') return
      setFound(result.body.discrepancies.filter((one) => one.code === full.code))
    })
    return () => {
      left = true
    }
  }, [full.code, full.rev, there])
  return found
}

/** What ended before it was forwarded stays here. */
const ENDED: readonly DossierState[] = ['declined', 'withdrawn', 'stopped', 'expired', 'returned']

export function OneStop({ full }: { full: Full }) {
  const differences = useDifferences(full)
  const { forwarded } = full
  return (
    <section class="card stack--tight" aria-labelledby="mot-cua">
      <h2 id="mot-cua">{say('onestop.title')}</h2>
      {forwarded === null ? <p class="small quiet">{say(ENDED.includes(full.state) ? 'onestop.never' : 'onestop.not')}</p> : <Sent delivery={forwarded} />}
      {differences !== null && forwarded?.sent_at && <Agree differences={differences} />}
    </section>
  )
}

function Sent({ delivery }: { delivery: Delivery }) {
  const { receipt_number: number, sent_at: sent, due_at: due, moves_waiting: moves, tries, problem } = delivery
  return (
    <>
      {number !== null && (
        <dl class="answer">
          <dt>{say('onestop.number')}</dt>
          <dd class="answer__said mono">{number}</dd>
        </dl>
      )}
      <p class="small num">
        {sent === null
          ? say('onestop.waiting', { moment: format.moment(due) })
          : say('onestop.sent', { moment: format.moment(sent) })}
        {tries > 1 && <>, {say('onestop.tries', { count: tries })}</>}
      </p>
      {moves > 0 && <Tag tone="way" icon="way" words={say('onestop.moves', { count: moves })} />}
      {problem !== null && <p class="small">{say('onestop.problem', { problem })}</p>}
    </>
  )
}

function Agree({ differences }: { differences: readonly Discrepancy[] }) {
  if (differences.length === 0) return <Tag tone="safe" icon="check" words={say('onestop.same')} />
  return (
    <div class="note note--wait">
      <div class="note__body small stack--tight">
        <p>
          <b>{say('onestop.differs')}</b>
        </p>
        {differences.map((one) => (
          <p key={one.kind}>
            {say(`differ.${one.kind}`)}. {say('differ.ours')}: <b>{sidesOf(one).ours}</b>. {say('differ.theirs')}: <b>{sidesOf(one).theirs}</b>.
          </p>
        ))}
      </div>
    </div>
  )
}
