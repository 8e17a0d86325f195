/** A procedure as the server hands it out (`GET /api/v1/procedures/{code}`). */

export type Condition =
  | { all: readonly Condition[] }
  | { any: readonly Condition[] }
  | { not: Condition }
  | { answer: string; is: Scalar }
  | { answer: string; in: readonly Scalar[] }
  | { answer: string; filled: boolean }
  | { answer: string; above: Bound }
  | { answer: string; below: Bound }
  | { answer: string; at_least: Bound }
  | { answer: string; at_most: Bound }
  | { answer: string; older_than_days: number }

export type Scalar = string | number | boolean
export type Bound = number | string

export const KINDS = [
  'name',
  'personal_number',
  'phone',
  'email',
  'text',
  'long_text',
  'number',
  'money',
  'date',
  'partial_date',
  'choice',
  'yes_no',
  'address',
  'rows',
  'declaration',
] as const

export type Kind = (typeof KINDS)[number]

export interface Option {
  id: string
  label: string
  hint?: string | null
  /** Of a session of the desk: when it ends, `11:30`. */
  ends?: string
}

export interface Field {
  id: string
  kind: Kind
  label: string
  hint?: string | null
  required: boolean
  when?: Condition | null
  /** The place of a person's detail that this field edits: `owner.name`, `requester.phone`. */
  is?: string | null
  options?: readonly Option[] | null
  min?: Bound | null
  max?: Bound | null
  /** A date that wants notice: `min` is the earliest for who files on the day it was served; `closed` are days off. */
  lead?: { days: number; unit: DayUnit; within?: number; closed?: readonly string[]; ends?: string } | null
  /** Of a date of birth: at least so old today. */
  min_age?: number | null
  max_length?: number | null
  default?: Scalar | null
  columns?: readonly Field[] | null
  sensitive?: boolean
  autocomplete?: string | null
  /** Of a declaration: the sentence that binds, where the label is a translation of it. */
  original?: string
}

/** What is worked out of answers, shown beside them and never asked. */
export interface Derived {
  id: string
  kind: 'date_in_words' | 'age' | 'address_line'
  of: string
  /** The date that an age is counted at; else the day of filing. */
  at?: string
  label: string
}

export interface Step {
  id: string
  title: string
  hint?: string | null
  when?: Condition | null
  fields: readonly Field[]
  derived?: readonly Derived[]
}

export interface Paper {
  id: string
  name: string
  kind: 'upload' | 'form' | 'present' | 'present_original'
  required: 'always' | 'when' | 'optional'
  when?: Condition | null
  /** In which case it is needed, in words. */
  needed_if?: string
  max_files: number
  hint?: string | null
  sensitive?: boolean
  instead_of?: readonly string[] | null
  /** One of these will do. */
  any_of?: readonly { name: string; hint?: string }[]
  /** Not needed if this is so, which the person knows best. */
  unless?: string
  in_person_only?: boolean
}

export interface FeeItem {
  id: string
  name: string
  /** The Vietnamese name, where `name` is a translation of it: an obligation has this one. */
  original?: string
  kind: 'phi' | 'le_phi'
  quantity?: { answer: string } | null
  when?: Condition | null
  amount: number | null
  law: string | null
  /** The Vietnamese one, where `law` is a translation of it. */
  original_law?: string
  verified: boolean
  note?: string | null
  /** What one is: bản, trang, trường hợp. */
  unit?: string
  /** What the tiers count, as the pages of one copy. */
  per?: { answer: string } | null
  then?: readonly { above: number; amount: number }[]
  most?: number
  /** A figure that nobody has compared: to be shown as such, never asked for. */
  unverified_amount?: number
  /** What is asked at the counter, where it is not the same as online. */
  counter_amount?: number
}

/** Who pays nothing, and what proves it. */
export interface Exemption {
  id: string
  words: string
  evidence?: string
  law?: string
}

export interface Fee {
  items: readonly FeeItem[]
  exemptions: readonly string[]
  exempt?: readonly Exemption[]
  note?: string | null
}

export type DayUnit = 'working_days' | 'days'

/** A time: that of the deadline, or of one of its cases. */
export interface Time {
  text: string
  days: number | null
  unit?: string | null
  cutoff?: string | null
  law?: string | null
}

export interface Deadline extends Time {
  cases?: readonly (Time & { when: Condition; days: number })[]
  /** More time, and why in a few words; without `reason` it is for verifying. */
  verification?: { reason?: string; text: string; days?: number; total_days?: number; unit: DayUnit; law: string }
  committed_days?: number
  /** The question of a visit whose day begins the time. */
  counts_from?: string
}

/** Answers with which nothing can be filed here, and where to go instead. */
export interface Stop {
  id: string
  when: Condition
  title: string
  reason: string
  next: string
  procedure?: string
  law?: string
}

/** Answers that must fit each other: one test, whose value names the other question, or `when` alone. */
export interface Agreement {
  id: string
  /** The later question; of rows `rows.column`. */
  answer: string
  before?: string
  not_before?: string
  after?: string
  not_after?: string
  unlike?: string
  /** Who was born on that date is `years` old today. */
  aged?: string
  /** No row begins before another ended: the column of the last day. */
  apart?: string
  years?: number
  when?: Condition
  /** Asked about once, never refused. */
  mild?: boolean
  words: string
}

/** Whose a personal number is, by the questions that say more of that person. */
export interface Holder {
  number: string
  when?: Condition
  birth_date?: string | undefined
  gender?: string | undefined
  sex?: 'nam' | 'nu'
}

/** Who must come in person, and when. */
export interface Presence {
  who: 'applicant' | 'both' | 'original'
  step: 'submit' | 'verification' | 'council' | 'result'
  text: string
  when?: Condition
  law?: string
}

export interface Consent {
  id: string
  version: string
  words: string
  /** The sentence that binds, where `words` is a translation of it. */
  original?: string
}

export interface Definition {
  /** Left out for Vietnamese, the source. */
  language?: 'en'
  /** English says all of it; else some texts are in Vietnamese. */
  complete?: boolean
  code: string
  version: string
  name: string
  title: string
  summary: readonly string[]
  fileable: boolean
  why_not: string | null
  field: { id: string; name: string }
  unit: { code: string; name: string; office?: string; hours?: string } | null
  valid_from?: string
  valid_to?: string
  national_portal_id?: string
  /** Why it is prepared here and filed at the national portal: by the unit or the procedure. */
  portal_only?: string
  law: readonly { id: string; title: string }[]
  who: string | null
  minutes: number | null
  /** The owner is an organisation: the person with the phone files for it. */
  applicant?: 'organisation'
  submitter_when: Condition | null
  steps: readonly Step[]
  stops?: readonly Stop[]
  agreements?: readonly Agreement[]
  /** Those that are mild, which pages from before there were any pass over. */
  asks?: readonly Agreement[]
  holders?: readonly Holder[]
  papers: readonly Paper[]
  fee: Fee | null
  deadline: Deadline | null
  no_deadline?: { text: string; law?: string }
  presence?: readonly Presence[]
  draft_confirmation?: { days: number; text: string; law?: string }
  public_posting?: { days: number; unit: DayUnit; text: string; law?: string }
  consents: readonly Consent[]
  result: { name: string; code?: string; notice?: boolean; also?: readonly { name: string }[] }
  unverified: readonly string[]
  /** The facts that are not certain, by key: `deadline`, `papers.uy_quyen`. */
  doubts?: readonly string[]
  checked_on: string | null
}

export interface Address {
  province: string
  ward: string
  street: string
}

/** One repeated row; `row` names it for ever, so that deleting another never moves the focus. */
export interface Row {
  row: string
  [column: string]: Value | undefined
}

export type Value = Scalar | Address | readonly Row[]

/** What the person has given so far, by field; also unfinished and mistaken values. */
export type Values = { readonly [field: string]: Value | undefined }
