/** A repeated group: one card for each, with its own boxes; a row's name never changes. */
import { useState } from 'preact/hooks'

import type { Row, Value } from '../../../form/definition.ts'
import { withBack, without, type Removed } from '../../../form/rows.ts'
import { Group } from '../../../parts/field/frame.tsx'
import { Icon } from '../../../parts/icon/icon.tsx'
import { Undo } from '../../../parts/toast/toast.tsx'
import { say } from '../../../words/next.ts'
import { inner } from '../sentences.ts'
import type { Told } from '../told.ts'
import { AnyField } from './any.tsx'
import type { FieldProps } from './texts.tsx'

export function RowsField(props: FieldProps & { faults: readonly Told[] }) {
  const { field, value, set, id, faults } = props
  const rows = Array.isArray(value) ? (value as readonly Row[]) : []
  const name = inner(field.label)
  const most = typeof field.max === 'number' ? field.max : 20
  const [removed, setRemoved] = useState<Removed | null>(null)
  const change = (row: string, column: string, next: Value | undefined): void =>
    set(rows.map((one) => (one.row === row ? { ...one, [column]: next } : one)))

  /** The button that was pressed is gone: the next thing to do takes the focus. */
  function remove(row: string): void {
    const after = without(rows, row)
    set(after.left)
    setRemoved(after.removed)
    document.getElementById(id)?.focus()
  }

  function takeBack(): void {
    if (removed !== null) set(withBack(rows, removed))
    setRemoved(null)
  }

  return (
    <Group {...props}>
      <ol class="stack--tight">
        {rows.map((row, index) => (
          <li key={row.row} class="card stack">
            <div class="card__head">
              <b>{say('rows.one', { name: field.label, number: index + 1 })}</b>
              <button
                class="link"
                type="button"
                aria-label={say('rows.delete', { name, number: index + 1 })}
                onClick={() => remove(row.row)}
              >
                <Icon of="bin" />
                {say('rows.drop')}
              </button>
            </div>
            {(field.columns ?? []).map((column) => (
              <AnyField
                key={column.id}
                id={`${id}/${index}/${column.id}`}
                field={column}
                value={row[column.id]}
                set={(next) => change(row.row, column.id, next)}
                faults={faults}
                priced={null}
              />
            ))}
          </li>
        ))}
      </ol>
      {rows.length < most && (
        <button class="btn" type="button" id={id} onClick={() => set([...rows, { row: crypto.randomUUID() }])}>
          <Icon of="plus" />
          {say('rows.add', { name })}
        </button>
      )}
      {removed !== null && (
        <Undo
          key={removed.row.row}
          words={say('rows.deleted', { name, number: removed.index + 1 })}
          takeBack={takeBack}
          done={() => setRemoved(null)}
        />
      )}
    </Group>
  )
}
