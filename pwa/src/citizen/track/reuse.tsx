/** Filing again after an end without a result: the answers that this device still has need not be typed anew. */
import { useRef, useState } from 'preact/hooks'

import { call } from '../../api/client.ts'
import { book } from '../../drafts/book.ts'
import { newDossier, type Dossier } from '../../drafts/dossier.ts'
import { carried } from '../../drafts/new-form.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { go } from '../../parts/router/router.ts'
import { say } from '../../words/after.ts'
import { procedureAt } from '../reading.ts'
import { startOf, way } from '../ways.ts'

/** What was answered last: what the ward asked for and got counts before what was sent at first. */
const answersOf = ({ values, supplement }: Dossier): Dossier['values'] => (supplement?.proof ? { ...values, ...supplement.values } : values)

/** A dossier that was opened by a link, or looked up, left no answers here. */
export const hasAnswers = (dossier: Dossier): boolean => Object.keys(answersOf(dossier)).length > 0

/** A new draft on the form of today, with what still fits it. */
async function again(dossier: Dossier, before: Definition, after: Definition): Promise<void> {
  const { procedure, title, unit, qr } = dossier
  const begun = newDossier({ procedure, version: after.version, title, unit, qr, values: answersOf(dossier) }, Date.now())
  await book.putDefinition(after)
  const draft = carried(begun, before, after, today())
  // The same form is known here by its name in each language that it was read in.
  const titles = after.version === dossier.version ? { ...dossier.titles, ...draft.titles } : draft.titles
  await book.add({ ...draft, titles: titles ?? {} })
  go(way.review(begun.id))
}

export function Reuse({ dossier, definition }: { dossier: Dossier; definition: Definition }) {
  const [told, setTold] = useState<'more' | 'opening' | 'offline'>('more')
  /** Of two quick taps the second comes before the button is drawn anew. */
  const working = useRef(false)
  const { procedure, unit, qr } = dossier
  async function open(): Promise<void> {
    const found = await call<Definition>(procedureAt(procedure, { unit: unit.code }))
    if (found.end === 'lost') return setTold('offline')
    const fits = found.end === 'answer' && found.body.fileable && found.body.portal_only === undefined
    // What is not taken here any more says so on its first page.
    return fits ? again(dossier, definition, found.body) : go(startOf(procedure, unit.code, qr))
  }
  async function take(): Promise<void> {
    if (working.current) return
    working.current = true
    setTold('opening')
    await open().catch(() => setTold('offline'))
    working.current = false
  }
  return (
    <>
      <button class="btn btn--main" type="button" aria-disabled={told === 'opening'} onClick={() => void take()}>
        <Icon of="again" />
        {say('ended.reuse')}
      </button>
      <p class="small" role="status">
        {say(`ended.reuse.${told}`)}
      </p>
    </>
  )
}
