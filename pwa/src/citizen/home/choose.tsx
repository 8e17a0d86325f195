/** A few questions that lead to the right one of several sister procedures. */
import type { Chooser, ChooserWay } from '../../api/schema.ts'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/later.ts'
import { startOf } from '../ways.ts'
import { choose, type Choosing } from './choosing.ts'
import type { Cause } from './home.tsx'

export interface ChooseProps {
  cause: Cause
  office: string | undefined
  chooser: Chooser
  at: Choosing
}

export function Choose({ cause, office, chooser, at }: ChooseProps) {
  const { question: asked = chooser.questions[0]?.id, led = null } = at
  const question = chooser.questions.find(({ id }) => id === asked)
  const elsewhere = led === null ? null : (question?.options[led]?.elsewhere ?? '')
  const title = elsewhere === null ? (question?.question ?? chooser.title) : say('choose.elsewhere')

  return (
    <Page key={title} title={title} unit={office}>
      <div class="stack--wide">
        <div class="stack--tight">
          <p class="quiet">{chooser.title}</p>
          <h1>{title}</h1>
        </div>
        {elsewhere === null ? (
          <ul class="rows card card--rows">
            {(question?.options ?? []).map((way, place) => (
              <li key={way.label}>
                <Onward
                  cause={cause}
                  way={way}
                  ask={(next) => choose({ chooser: chooser.id, question: next })}
                  tell={() => choose({ ...at, led: place })}
                />
              </li>
            ))}
          </ul>
        ) : (
          <div class="note">
            <Icon of="door" />
            <p class="note__body">{elsewhere}</p>
          </div>
        )}
        <p>
          <button class="link" type="button" onClick={() => history.back()}>
            <Icon of="back" />
            {say('nav.return')}
          </button>
        </p>
      </div>
    </Page>
  )
}

interface OnwardProps {
  cause: Cause
  way: ChooserWay
  ask: (question: string) => void
  tell: () => void
}

/** An answer: to a procedure it is a link, to what comes next a button. */
function Onward({ cause: { unit, qr }, way: { label, hint, next, procedure }, ask, tell }: OnwardProps) {
  const words = (
    <>
      <span class="row__text">
        {label}
        {hint && <span class="facts__more">{hint}</span>}
      </span>
      <Icon of="next" size="s" />
    </>
  )
  if (procedure)
    return (
      <a class="row row--link" href={startOf(procedure, unit, qr)}>
        {words}
      </a>
    )
  const go = (): void => (next ? ask(next) : tell())
  return (
    <button class="row row--link" type="button" onClick={go}>
      {words}
    </button>
  )
}
