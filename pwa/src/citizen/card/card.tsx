/**
 * Reading the identity card (quét thẻ căn cước): by the live camera or from a photo, on one page.
 *
 * All of it happens on this device. What was read is shown first and used only when the person
 * says so; the text of the code is let go at once.
 */
import { useState } from 'preact/hooks'

import type { Dossier } from '../../drafts/dossier.ts'
import { readCard, type Card } from '../../form/card.ts'
import type { Definition } from '../../form/definition.ts'
import { today } from '../../form/today.ts'
import { say } from '../../words/card.ts'
import { way } from '../ways.ts'
import { Aim } from './aim.tsx'
import { Confirm } from './confirm.tsx'
import { toStep } from './to-step.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  /** The step to which the card shall help. */
  step: string
}

export function CardPage({ dossier, definition, step }: Props) {
  const [card, setCard] = useState<Card | null>(null)
  if (card !== null)
    return <Confirm dossier={dossier} definition={definition} step={step} card={card} again={() => setCard(null)} />
  /** Why nothing was read: a code of something else, a card that is worn. */
  function hear(text: string): (() => string) | null {
    const reading = readCard(text, today())
    const { is } = reading
    if (is !== 'card') return () => say(`card.${is}`)
    setCard(reading.card)
    return null
  }
  const words = { title: say('card.scan'), aim: say('card.aim'), unread: say('card.unread'), photo: say('card.photo') }
  return (
    <Aim dossier={dossier} words={words} hear={hear}>
      <button class="btn btn--plain" type="button" onClick={() => toStep(way.step(dossier.id, step))}>
        {say('card.hand')}
      </button>
      <p class="small quiet">{say('card.here')}</p>
    </Aim>
  )
}
