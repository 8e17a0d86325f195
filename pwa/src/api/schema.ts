/**
 * Shapes of the server's answers to citizens.
 *
 * Generated from the server's own description (docs/openapi.json) by requirements/describe.py.
 */

export type DossierState =
  | 'draft'
  | 'submitted'
  | 'accepted'
  | 'declined'
  | 'processing'
  | 'supplement_requested'
  | 'result_ready'
  | 'returned'
  | 'withdrawn'
  | 'stopped'
  | 'expired'

export interface Obligation {
  id: string
  state:
    | 'unquoted'
    | 'open'
    | 'paid'
    | 'exemption_review'
    | 'exempt'
    | 'nothing_due'
    | 'refund_due'
    | 'partly_refunded'
    | 'refunded'
    | 'cancelled'
    | 'expired'
  amount: number | null
  paid: number
  lines: FeeLine[]
  due?: number
  pay_until?: string | null
}

export interface FeeLine {
  name: string
  kind: 'phi' | 'le_phi'
  quantity: number
  unit_amount: number | null
  amount: number | null
  law: string | null
}

/** `POST /api/v1/pay-link/payments` */
export interface Attempt {
  attempt: string
  adapter: string
  state:
    | 'created'
    | 'pending'
    | 'unknown'
    | 'succeeded'
    | 'failed'
    | 'superseded'
    | 'expired'
    | 'expired_unverified'
    | 'review'
  next_action: NextAction | null
  expires_at: string | null
}

export interface NextAction {
  kind: 'redirect' | 'qr' | 'instructions' | 'done'
  url?: string | null
  payload?: string | null
  text?: string | null
  transfer?: Transfer | null
}

export interface Transfer {
  bank: string
  account: string
  name: string
  amount: number
  memo: string
}

export interface Way {
  adapter: string
  title_vi: string
  title_en: string
}

export interface Happened {
  at: string
  what: string
  state: DossierState
  until?: string | null
  what_en?: string | null
  reason?: string | null
}

export interface FileCheck {
  sha256: string
  check: 'pending' | 'ok' | 'unreadable'
}

export interface SupplementItem {
  words: string
  paper?: string | null
  field?: string | null
}

export interface FileNamed {
  sha256: string
  size: number
  media_type: string
  name: string
}

export interface PaperFiles {
  paper: string
  files: FileNamed[]
}

export interface Supplement {
  id: string
  by: 'officer' | 'system'
  items: SupplementItem[]
  reason: string | null
  until: string | null
  papers: PaperFiles[]
}

export interface Visit {
  begins: string
  ends: string
  session: string | null
  session_en: string | null
  before: string | null
}

/** `GET /api/v1/dossiers/{dossier_id}` */
export interface Status {
  id: string
  state: DossierState
  code: string | null
  procedure: string
  version: string
  unit: string
  track_digits: string | null
  submitted_at: string | null
  expected_at: string | null
  expected_from: string | null
  visit: Visit | null
  due_at: string | null
  paused: boolean
  provisional: boolean
  timeline: Happened[]
  files: FileCheck[]
  obligation: Obligation | null
  attempts: Attempt[]
  ways: Way[]
  ways_down: Way[]
  supplement: Supplement | null
  verify_token: string | null
}

export interface ReceiptFile {
  name: string
  sha256: string
  size: number
}

export interface Receipt {
  amount: number | null
  at: string
  channel: string
  code: string
  files: ReceiptFile[]
  id: string
  procedure: string
  unit: string
  v?: number
  version: string
  signature: string
}

/** `POST /api/v1/dossiers/{dossier_id}/submit` */
export interface SubmitAnswer {
  code: string
  track_digits: string | null
  receipt: Receipt
  obligation: Obligation | null
  verify_token: string
}

export interface Place {
  code: string
  name: string
  office: string | null
}

export interface PosterProcedure {
  code: string
  name: string
  title: string
  fee_note: string
}

/** `GET /api/v1/qr/{code}` */
export interface Poster {
  code: string
  kind: string
  unit: Place
  procedures: PosterProcedure[]
  campaign: string | null
  state: 'live' | 'withdrawn' | 'expired'
  replaced_by: string | null
}

export interface Area {
  id: string
  name: string
}

export interface Listed {
  code: string
  name: string
  title: string
  summary: string[]
  keywords: string[]
  field: Area
  fileable: boolean
  why_not: string | null
  minutes: number | null
  fee_note: string
  deadline: string | null
}

export interface ChooserWay {
  label: string
  hint?: string | null
  next?: string | null
  procedure?: string | null
  elsewhere?: string | null
}

export interface ChooserQuestion {
  id: string
  question: string
  options: ChooserWay[]
}

export interface Chooser {
  id: string
  title: string
  questions: ChooserQuestion[]
}

/** `GET /api/v1/search-words` */
export interface SearchWords {
  fillers: string[]
  common: string[]
  elsewhere: Elsewhere[]
}

export interface Elsewhere {
  id: string
  title: string
  office: string
  keywords: string[]
  unverified: boolean
}

export interface Owed {
  state:
    | 'unquoted'
    | 'open'
    | 'paid'
    | 'exemption_review'
    | 'exempt'
    | 'nothing_due'
    | 'refund_due'
    | 'partly_refunded'
    | 'refunded'
    | 'cancelled'
    | 'expired'
  amount: number | null
  paid?: number
}

/** `POST /api/v1/track` */
export interface Tracked {
  code: string
  procedure: string
  procedure_name: string
  procedure_title: string
  unit: string
  unit_name: string
  unit_office: string | null
  state: DossierState
  next: string
  next_en: string
  submitted_at: string | null
  accepted_at: string | null
  expected_at: string | null
  expected_from: string | null
  visit_over: boolean | null
  visit_before: string | null
  due_at: string | null
  paused: boolean
  provisional: boolean
  until: string | null
  code_by: 'message' | 'log' | 'None'
  obligation: Owed | null
}

/** `POST /api/v1/verify` */
export interface Verified {
  genuine: boolean
  kind?: string | null
  unit?: string | null
  unit_name?: string | null
  unit_office?: string | null
  at?: string | null
  code_masked?: string | null
  standing?: string | null
}

export interface FeeReceipt {
  receipt: string
  kind: 'phi' | 'le_phi'
  state: 'wanted' | 'issued' | 'on_hold' | 'cancelled' | 'replaced'
  amount: number
  form: string | null
  series: string | null
  number: string | null
  issued_at: string | null
  replaces: string | null
  rev: number
}

export interface FeePaper {
  receipt: FeeReceipt
  url: string
}

/** `GET /api/v1/dossiers/{dossier_id}/fee_receipts` */
export interface FeePapers {
  receipts: FeePaper[]
  acknowledgement_url: string | null
  expires_at: string
}

export interface LentTry {
  adapter: string
  state:
    | 'created'
    | 'pending'
    | 'unknown'
    | 'succeeded'
    | 'failed'
    | 'superseded'
    | 'expired'
    | 'expired_unverified'
    | 'review'
  expires_at: string | null
}

/** `POST /api/v1/pay-link` */
export interface Lent {
  procedure_name: string
  procedure_title: string
  unit_name: string
  unit_office: string | null
  code_masked: string
  state:
    | 'unquoted'
    | 'open'
    | 'paid'
    | 'exemption_review'
    | 'exempt'
    | 'nothing_due'
    | 'refund_due'
    | 'partly_refunded'
    | 'refunded'
    | 'cancelled'
    | 'expired'
  amount: number | null
  due: number
  payee: string | null
  attempts: LentTry[]
  ways: Way[]
  ways_down: Way[]
}

export type ObligationState = Obligation['state']

export type AttemptState = Attempt['state']
