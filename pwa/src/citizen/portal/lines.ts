/** The answers as lines to copy into the portal's form: what its boxes take apart stands apart here. */
import { empty } from '../../form/conditions.ts'
import type { Address, Definition, Field, Row, Value, Values } from '../../form/definition.ts'
import { phoneDigits } from '../../form/kinds/texts.ts'
import { pagesOf } from '../../form/pages.ts'
import { said, type Plain } from '../../parts/said/said.ts'

export interface Line {
  label: string
  shown: string
  /** What the button copies: figures without blanks, the rest as it is shown. */
  copy: string
}

export interface Group {
  id: string
  title: string
  lines: readonly Line[]
  /** What was left out, so that it is left out there too. */
  blank: readonly string[]
}

export interface Named extends Plain {
  province: string
  ward: string
  street: string
}

/** As an address is said, written and asked for on this phone. */
const PARTS = ['street', 'ward', 'province'] as const

const unbroken = (text: string): string => text.replaceAll('\u00A0', ' ')

function copied({ kind }: Field, value: Value, shown: string): string {
  if (kind === 'phone') return phoneDigits(String(value))
  if (kind === 'money' || kind === 'number') return String(value)
  return unbroken(shown)
}

const ofAddress = (field: Field, value: Address, words: Named): Line[] =>
  PARTS.filter((part) => (value[part] ?? '').trim() !== '').map((part) => ({
    label: `${field.label}: ${words[part]}`,
    shown: value[part].trim(),
    copy: value[part].trim(),
  }))

const ofRows = (field: Field, rows: readonly Row[], words: Named): Line[] =>
  rows.flatMap((row, index) =>
    (field.columns ?? []).flatMap((column) =>
      linesOf({ ...column, label: `${field.label} ${index + 1}: ${column.label}` }, row[column.id], words),
    ),
  )

function linesOf(field: Field, value: Value | undefined, words: Named): Line[] {
  if (value === undefined || empty(value)) return []
  if (field.kind === 'address') return ofAddress(field, value as Address, words)
  if (field.kind === 'rows') return ofRows(field, value as readonly Row[], words)
  const shown = said(field, value, words)
  return [{ label: field.label, shown, copy: copied(field, value, shown) }]
}

/** The answers that count, in the order of the form; a declaration is made over there. */
export function groupsOf(definition: Definition, values: Values, today: string, words: Named): Group[] {
  return pagesOf(definition, values, today).flatMap((page) => {
    if (page.kind !== 'step') return []
    const asked = page.fields.filter(({ kind }) => kind !== 'declaration')
    const blank = asked.filter(({ id }) => empty(values[id])).map(({ label }) => label)
    const lines = asked.flatMap((field) => linesOf(field, values[field.id], words))
    return asked.length === 0 ? [] : [{ id: page.id, title: page.step.title, lines, blank }]
  })
}
