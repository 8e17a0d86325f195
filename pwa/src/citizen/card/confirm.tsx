/** What was read from the card, shown before it is used; it is used only when the person says so. */
import { book } from '../../drafts/book.ts'
import type { Dossier } from '../../drafts/dossier.ts'
import type { Card } from '../../form/card.ts'
import { filledFrom } from '../../form/card-fields.ts'
import type { Definition } from '../../form/definition.ts'
import { helpedBy, holderOf, type Holder } from '../../form/lent.ts'
import { today } from '../../form/today.ts'
import '../../parts/facts/answer.css'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { said } from '../../parts/said/said.ts'
import { say } from '../../words/card.ts'
import { whereabouts } from '../form/whereabouts.ts'
import { way } from '../ways.ts'
import { toStep } from './to-step.ts'

interface Props {
  dossier: Dossier
  definition: Definition
  step: string
  card: Card
  again: () => void
}

export function Confirm({ dossier, definition, step, card, again }: Props) {
  const holder = holderAt(dossier, definition, step)
  const filled = filledFrom(definition, dossier.values, holder, card, today())

  async function use(): Promise<void> {
    const values = Object.fromEntries(filled.map(({ field, value }) => [field.id, value]))
    const lent = Object.fromEntries(filled.map(({ field }) => [field.id, holder]))
    await book
      .change(dossier.id, (now) => ({
        ...now,
        savedAt: Date.now(),
        values: { ...now.values, ...values },
        lent: { ...now.lent, ...lent },
      }))
      .catch(() => undefined)
    toStep(way.step(dossier.id, step))
  }

  const plain = { yes: '', no: '', blank: '' }
  return (
    <Page title={say('card.right')} unit={dossier.unit.name} where={whereabouts(dossier)}>
      <div class="stack--wide">
        <div class="stack--tight">
          <h1>{say('card.right')}</h1>
          <p class="quiet">{say('card.only')}</p>
        </div>
        <div class="card stack--tight">
          <p class="tag tag--safe">
            <Icon of="card" />
            {say('card.from')}
          </p>
          <dl class="rows">
            {filled.map(({ field, value }) => (
              <div key={field.id} class="answer">
                <dt>{field.label}</dt>
                <dd class="answer__said">{said(field, value, plain)}</dd>
              </div>
            ))}
          </dl>
        </div>
        <div class="stack--tight">
          <button class="btn btn--main" type="button" onClick={() => void use()}>
            <Icon of="check" />
            {say('card.ok')}
          </button>
          <button class="btn" type="button" onClick={again}>
            <Icon of="again" />
            {say('card.again')}
          </button>
          <button class="btn btn--plain" type="button" onClick={() => toStep(way.step(dossier.id, step))}>
            {say('card.hand')}
          </button>
        </div>
      </div>
    </Page>
  )
}

/** Whose card is wanted at this step. */
function holderAt({ lent = {} }: Dossier, definition: Definition, step: string): Holder {
  const fields = definition.steps.find(({ id }) => id === step)?.fields ?? []
  const about = fields.map((field) => holderOf(field, definition))
  return helpedBy(fields, lent, definition) ?? about.find((one) => one !== null) ?? 'requester'
}
