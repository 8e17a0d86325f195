/** A declaration within the form: its full words beside the box, the whole card is the target. */
import { describedBy } from '../../../parts/field/described.ts'
import '../../../parts/choice/choice.css'
import { Icon } from '../../../parts/icon/icon.tsx'
import { say } from '../../../words/first.ts'
import type { FieldProps } from './texts.tsx'

export function DeclarationField({ id, field, label, hint, wrong, required, value, set }: FieldProps) {
  return (
    <div class="field">
      {wrong !== undefined && (
        <span class="field__wrong" id={`${id}-wrong`}>
          <Icon of="alert" />
          <span>{wrong}</span>
        </span>
      )}
      <label class="choice">
        <input
          class="choice__input"
          type="checkbox"
          name={id}
          id={id}
          checked={value === true}
          aria-required={required}
          {...describedBy({ id, wrong })}
          onChange={(event) => set(event.currentTarget.checked)}
        />
        <span class="choice__body">
          <b>{required ? label : say('field.optional', { label })}</b>
          {hint && <span class="field__hint">{hint}</span>}
          {field.original !== undefined && (
            <span class="field__hint" lang="vi">
              {field.original}
            </span>
          )}
        </span>
      </label>
    </div>
  )
}
