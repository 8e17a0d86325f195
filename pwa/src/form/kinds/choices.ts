/** One of several, yes or no, a declaration. */
import type { Check } from './check.ts'

export const choice: Check = (value, field) =>
  field.options?.some((option) => option.id === value) === true ? null : 'choose'

export const yesNo: Check = (value) => (typeof value === 'boolean' ? null : 'choose')

export const declaration: Check = (value) => (value === true ? null : 'declaration')
