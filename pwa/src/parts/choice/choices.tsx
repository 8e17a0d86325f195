/** One of several under one label: the whole card is the target. */
import { Group } from '../field/frame.tsx'
import './choice.css'

interface Props<Id extends string> {
  id: string
  label: string
  wrong: string | undefined
  chosen: Id | null
  choose: (id: Id) => void
  choices: readonly { id: Id; words: string; more: string | null }[]
}

export function Choices<Id extends string>({ id: name, label, wrong, chosen, choose, choices }: Props<Id>) {
  return (
    <Group id={name} label={label} wrong={wrong} required>
      {choices.map(({ id, words, more }, at) => (
        <label key={id} class="choice">
          <input
            class="choice__input"
            type="radio"
            id={`${name}-${at}`}
            name={name}
            checked={chosen === id}
            onChange={() => choose(id)}
          />
          <span class="choice__body">
            <b>{words}</b>
            {more !== null && <span class="small">{more}</span>}
          </span>
        </label>
      ))}
    </Group>
  )
}
