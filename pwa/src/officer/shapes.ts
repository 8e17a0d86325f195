/** Shapes of the server's answers to officers (`/api/v1/workbench/…`). */
import type { Attempt, DossierState, FeeLine, FeeReceipt, Happened, Obligation, ObligationState, SupplementItem } from '../api/schema.ts'
import type { Address, Value } from '../form/definition.ts'

export type Channel = 'online' | 'assisted' | 'direct' | 'post'

export interface List<Item> {
  items: readonly Item[]
  next: string | null
}

export interface PaperCount {
  have: number
  need: number
}

/** A page of the queue; the first one counts what needs work, by state. */
export interface QueuePage extends List<Line> {
  counts: Readonly<Partial<Record<DossierState, number>>> | null
}

/** One line of the queue. */
export interface Line {
  code: string
  procedure: string
  procedure_title: string
  unit: string
  unit_name: string
  state: DossierState
  rev: number
  submitted_at: string | null
  expected_at: string | null
  due_at: string | null
  owner_masked: string
  /** Who handed it in for the owner; null where the owner did. */
  submitter_masked: string | null
  papers: PaperCount
  obligation: { state: ObligationState; amount: number | null; paid: number; adapter: string | null } | null
  channel: Channel
  held: boolean
}

export interface Person {
  name?: string
  personal_number?: string | null
  phone?: string | null
  email?: string | null
  birth_date?: string | null
  gender?: string | null
  tax_code?: string | null
  establishment_number?: string | null
  address?: Address | null
}

export interface File {
  sha256: string
  paper: string
  paper_name: string
  name: string
  size: number
  media_type: string
  check: 'pending' | 'ok' | 'unreadable'
  /** View copies page by page; one of a picture, and of a PDF that was not opened yet. */
  view_urls: readonly string[]
  original_url: string
}

export interface Asked {
  id: string
  by: 'officer' | 'system'
  items: readonly SupplementItem[]
  reason: string | null
  asked_at: string
  until: string | null
  answered_at: string | null
}

export interface Delivery {
  due_at: string
  receipt_number: string | null
  sent_at: string | null
  state: string | null
  moves_waiting: number
  tries: number
  problem: string | null
}

export const VERBS = ['accept', 'decline', 'request_supplement', 'stop', 'finish', 'return'] as const
export type Verb = (typeof VERBS)[number]

/** A step as officers read it, with the note that stays in the office. */
export interface Noted extends Happened {
  note: string | null
}

/** A claim to pay nothing: the group in the words of the procedure, and what the citizen wrote. */
export interface ExemptionClaim {
  group: string | null
  words: string
  evidence: string
}

/** What was answered anew since filing: earlier values, and the fee where another one is written. */
export interface Changed {
  answers: { readonly [field: string]: Value | null }
  fee: { amount: number; lines: readonly FeeLine[] } | null
}

/** One dossier in full. */
export interface Full {
  code: string
  procedure: string
  procedure_name: string
  procedure_title: string
  version: string
  unit: string
  unit_name: string
  channel: Channel
  state: DossierState
  rev: number
  submitted_at: string | null
  expected_at: string | null
  accepted_at: string | null
  due_at: string | null
  finished_at: string | null
  returned_at: string | null
  receipt_number: string | null
  example: boolean
  held: boolean
  owner: Person
  submitter: Person | null
  /** The phone that is told of this dossier is told of many: a signal, no verdict. */
  helped: { dossiers: number; days: number } | null
  /** The two who apply together, each with their role; none where one applies. */
  applicants: readonly { role: string; name: string; personal_number: string | null }[]
  /** When somebody means to come with the papers, until then. */
  visit: { begins: string; ends: string; session: string | null; session_en: string | null } | null
  /** Who must come in person, and at which step. */
  presence: readonly { step: 'submit' | 'verification' | 'council' | 'result'; text: string }[]
  answers: { readonly [field: string]: Value }
  changed: Changed | null
  papers: PaperCount
  files: readonly File[]
  /** All pages of a paper as one PDF, where all of it opens. */
  paper_pdfs: readonly { paper: string; url: string }[]
  obligation: Obligation | null
  attempts: readonly Attempt[]
  provider_bill?: string | null
  /** Why the citizen says to be exempt, until that is decided; also when they have paid meanwhile. */
  exemption_claim: ExemptionClaim | null
  timeline: readonly Noted[]
  supplements: readonly Asked[]
  moves: readonly Verb[]
  decided_here: boolean
  forwarded: Delivery | null
}

export interface NotSent {
  code: string
  procedure: string
  unit: string
  state: DossierState
  due_at: string
  /** Seconds. */
  age: number
  tries: number
  problem: string | null
  flagged: boolean
}

export interface Discrepancy {
  code: string
  unit: string
  kind: 'fields' | 'receipt_number' | 'status' | 'missing'
  ours: string
  theirs: string
  seen_at: string
}

export interface Sending extends List<NotSent> {
  discrepancies: readonly Discrepancy[]
}

export type MoneyReason =
  | 'unknown'
  | 'no_text'
  | 'ambiguous'
  | 'short'
  | 'over'
  | 'second'
  | 'late'
  | 'closed'
  | 'ended'
  | 'reversed'
  | 'currency'
  | 'test'
  | 'contradiction'
  | 'review'

export interface Money {
  id: string
  at: string
  adapter: string
  account: string
  amount: number
  reason: MoneyReason
  unit: string
  code: string | null
  counted: boolean
  memo: string | null
  /** Others share the account: only the end of the text is shown. */
  masked: boolean
  /** Told by a bank of an account that takes no fees here. */
  foreign: boolean
  rev: number
  /** Whole days. */
  age: number
  kind: 'payment' | 'reversal'
  unit_name: string
  owner_masked: string | null
  can: readonly MoneyVerb[]
}

export type MoneyVerb = 'match' | 'move' | 'count' | 'give_back' | 'note'
export type Likeness = 'dossier_code' | 'near_code' | 'same_amount' | 'same_time' | 'same_day'

/** A dossier that money may be for, and in what they are like. */
export interface Suggestion {
  code: string
  procedure: string
  unit: string
  owner_masked: string
  due: number
  why: readonly Likeness[]
}

export interface Decided<Verb> {
  at: string
  by: string
  verb: Verb
  reason: string
}

/** One movement of money with whose it may be and what was decided of it. */
export interface Movement extends Money {
  state: ObligationState | null
  suggestions: readonly Suggestion[]
  decisions: readonly Decided<MoneyVerb>[]
  names: Names
}

export type RefundState =
  | 'requested'
  | 'approved'
  | 'rejected'
  | 'submitted'
  | 'unknown'
  | 'succeeded'
  | 'failed'
  | 'paid_out'
  | 'confirmed'
  | 'withdrawn'
export type RefundVerb = 'approve' | 'reject' | 'pay_out' | 'send_back' | 'confirm'
export type Route = 'provider' | 'manual'

export interface Payee {
  bank: string
  account: string
  name: string
}

export interface Refund {
  id: string
  rev: number
  at: string
  age: number
  unit: string
  unit_name: string
  amount: number
  state: RefundState
  reason: string
  code: string | null
  owner_masked: string | null
  adapter: string | null
  route: Route | null
  /** Ways that may be chosen at approval. */
  routes: readonly Route[]
  requested_by: string
  approved_by: string | null
  paid_by: string | null
  confirmed_by: string | null
  evidence: string | null
  payee: Payee | null
  /** Steps that this officer may take now. */
  can: readonly RefundVerb[]
}

/** One refund with the steps that were taken, and why. */
export interface RefundOpened extends Refund {
  decisions: readonly Decided<RefundVerb>[]
  names: Names
}

/** A list that also names the officer's units, by their ids. */
export interface ListOfUnits<Item> extends List<Item> {
  units: Readonly<Record<string, string>>
}

/** The full names of officers, by who acted (`officer:login`). */
export type Names = Readonly<Record<string, string>>

export type Verdict = 'matched' | 'missing_with_us' | 'missing_with_them' | 'amount_differs'

/** One movement on both sides; null on the side where it is missing. */
export interface CloseLine {
  verdict: Verdict
  account: string
  txn: string
  kind: 'payment' | 'reversal'
  ours: number | null
  theirs: number | null
}

/** A statement of a day beside our books; `difference` is theirs less ours. */
export interface DailyClose {
  close: string
  unit: string
  unit_name: string
  adapter: string
  day: string
  uploaded_by: string
  uploaded_at: string
  signed_by: string | null
  signed_at: string | null
  note: string | null
  counts: Readonly<Record<Verdict, number>>
  difference: number
  lines: readonly CloseLine[]
  /** Money of that day on accounts that take no fees here; it stands in no line. */
  foreign: readonly Readonly<{ account: string; count: number; amount: number }>[]
  names: Names
  titles: Names
}

export interface CloseList extends ListOfUnits<DailyClose> {
  /** Adapters that read statements. */
  sources: readonly string[]
}

export type ReceiptState = FeeReceipt['state']
export type ReceiptVerb = 'cancel' | 'replace'

/** A receipt of a fee; `url` leads to its PDF once it has a number. */
export interface ReceiptShown {
  receipt: FeeReceipt
  url: string | null
}

export interface ReceiptList {
  items: readonly ReceiptShown[]
  acknowledgement_url: string | null
}

export interface Poster {
  code: string
  unit: string
  unit_name: string
  procedures: readonly string[]
  campaign: string | null
  state: 'live' | 'withdrawn' | 'expired'
  replaced_by: string | null
  made_at: string
  scans: number
  pdf_url: string
}
