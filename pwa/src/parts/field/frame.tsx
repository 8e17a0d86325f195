/** Around every box: label above, hint under it, then the fault, then the box. */
import type { ComponentChildren } from 'preact'

import { say } from '../../words/first.ts'
import { describedBy } from './described.ts'
import './field.css'
import { Icon } from '../icon/icon.tsx'

export interface FrameProps {
  id: string
  label: string
  hint?: string | null | undefined
  wrong?: string | undefined
  /** What is said there is a question, not a fault. */
  mild?: boolean | undefined
  required: boolean
  /** The page's heading already asks this; the label is for readers alone. */
  asked?: boolean
  /** Where the answer comes from, when the person did not give it. */
  mark?: string | undefined
  /** One of several boxes under a common label. */
  part?: boolean
}

function Around({ id, hint, wrong, mild }: FrameProps) {
  return (
    <>
      {hint && (
        <span class="field__hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {wrong !== undefined && (
        <span class={mild === true ? 'field__wrong field__wrong--mild' : 'field__wrong'} id={`${id}-wrong`}>
          <Icon of="alert" />
          <span>{wrong}</span>
        </span>
      )}
    </>
  )
}

function Words({ label, required, mark }: FrameProps) {
  return (
    <>
      {required ? label : say('field.optional', { label })}
      {mark !== undefined && (
        <>
          {' '}
          <span class="tag tag--safe">{mark}</span>
        </>
      )}
    </>
  )
}

function labelClass({ asked, part }: FrameProps): string {
  if (asked === true) return 'unseen'
  return part === true ? 'field__sublabel' : 'field__label'
}

/** One box with its label. */
export function Frame(props: FrameProps & { children: ComponentChildren }) {
  return (
    <div class={props.part === true ? 'field field--part' : 'field'}>
      <label class={labelClass(props)} for={props.id}>
        <Words {...props} />
      </label>
      <Around {...props} />
      {props.children}
    </div>
  )
}

/** Several boxes or choices under one label. */
export function Group(props: FrameProps & { children: ComponentChildren }) {
  return (
    <fieldset class="field" id={`${props.id}-group`} {...describedBy(props)} aria-invalid={undefined}>
      <legend class={props.asked === true ? 'unseen' : 'field__label'}>
        <Words {...props} />
      </legend>
      <Around {...props} />
      {props.children}
    </fieldset>
  )
}
