/** Shapes of the server's answers to citizens. */

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

export type ObligationState =
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

export type AttemptState =
  | 'created'
  | 'pending'
  | 'unknown'
  | 'succeeded'
  | 'failed'
  | 'superseded'
  | 'expired'
  | 'expired_unverified'
  | 'review'

export interface FeeLine {
  name: string
  kind: 'phi' | 'le_phi'
  quantity: number
  unit_amount: number | null
  amount: number | null
  law: string | null
}

export interface Obligation {
  id: string
  state: ObligationState
  amount: number | null
  paid: number
  lines: FeeLine[]
}

/** A bank transfer part by part. */
export interface Transfer {
  bank: string
  account: string
  name: string
  amount: number
  memo: string
}

export interface NextAction {
  kind: 'redirect' | 'qr' | 'instructions' | 'done'
  url?: string | null
  payload?: string | null
  text?: string | null
  transfer?: Transfer | null
}

export interface Attempt {
  attempt: string
  adapter: string
  state: AttemptState
  next_action: NextAction | null
  expires_at: string | null
}

/** A way to pay that the server takes now. */
export interface Way {
  adapter: string
  title_vi: string
  title_en: string
}

/** One step of the past, in the ward's words; `state` is the dossier's after it. */
export interface Happened {
  at: string
  what: string
  state: DossierState
  until?: string | null
}

export interface SupplementItem {
  paper?: string | null
  field?: string | null
  words: string
}

export interface Supplement {
  id: string
  by: 'officer' | 'system'
  items: SupplementItem[]
  reason?: string | null
  until?: string | null
  /** What stands in the flagged papers now. */
  papers: { paper: string; files: { sha256: string; size: number; media_type: string; name: string }[] }[]
}

export interface FileCheck {
  sha256: string
  check: 'pending' | 'ok' | 'unreadable'
}

/** `GET /api/v1/dossiers/{id}` */
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
  due_at: string | null
  timeline: Happened[]
  files: FileCheck[]
  obligation: Obligation | null
  attempts: Attempt[]
  /** Empty unless something can be paid now. */
  ways: Way[]
  supplement: Supplement | null
  verify_token: string | null
}

export interface Receipt {
  v: number
  id: string
  code: string
  procedure: string
  version: string
  unit: string
  channel: string
  at: string
  files: { sha256: string; size: number; name: string }[]
  amount: number | null
  signature: string
}

/** `POST /api/v1/dossiers/{id}/submit` */
export interface SubmitAnswer {
  code: string
  track_digits: string | null
  receipt: Receipt
  obligation: Obligation | null
  verify_token: string
}

/** `GET /api/v1/qr/{code}` */
export interface Poster {
  code: string
  kind: string
  unit: { code: string; name: string }
  procedures: { code: string; name: string; title?: string; fee_note?: string | null }[]
  campaign: string | null
  state: 'live' | 'withdrawn' | 'expired'
  replaced_by: string | null
}

/** One line of `GET /api/v1/procedures` */
export interface Listed {
  code: string
  name: string
  title: string
  fileable: boolean
  field: { id: string; name: string }
}

/** `POST /api/v1/track` */
export interface Tracked {
  code: string
  procedure: string
  procedure_name: string
  unit: string
  unit_name: string
  state: DossierState
  next: string | null
  submitted_at: string | null
  accepted_at: string | null
  expected_at: string | null
  due_at: string | null
  obligation: { state: ObligationState; amount: number | null } | null
}

/** `POST /api/v1/verify` */
export interface Verified {
  genuine: boolean
  kind: string | null
  unit: string | null
  unit_name?: string | null
  at: string | null
  code_masked: string | null
}
