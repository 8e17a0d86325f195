/** What is wrong with one value: a code that the server shares, where inside the value, and facts. */

export type Code =
  | 'shape'
  | 'unknown'
  | 'hidden-characters'
  | 'empty'
  | 'choose'
  | 'declare'
  | 'idnumber'
  | 'name'
  | 'odd-name'
  | 'odd-idnumber'
  | 'odd-phone'
  | 'odd-province'
  | 'odd-ward'
  | 'odd-year'
  | 'odd-man'
  | 'odd-woman'
  | 'odd-fit'
  | 'closed'
  | 'over'
  | 'phone'
  | 'email'
  | 'too-long'
  | 'too-small'
  | 'too-large'
  | 'date'
  | 'month'
  | 'day'
  | 'future'
  | 'too-early'
  | 'too-late'
  | 'too-young'
  | 'rows'
  | 'row'
  | 'misfit'

/** The facts that a sentence wants: the limit, and what was written instead. */
export interface Facts {
  limit?: number | string
  written?: number | string
  /** With what a number begins that none of its kind begins with. */
  begins?: string
  /** For a day that is none: its month and year. */
  month?: number
  year?: number
  /** What does not fit together, in the words of the procedure. */
  words?: string
  /** The other question that it is about. */
  beside?: string | undefined
}

export interface Fault {
  code: Code
  /** Place inside the value: empty, `/ward`, `/0/noi`. */
  inside: string
  facts: Facts
}

export const fault = (code: Code, facts: Facts = {}, inside = ''): Fault => ({ code, inside, facts })
