/** Shapes of the server's answers to leaders (`/api/v1/targets`). */

export const INDICATORS = ['filed_online', 'paid_online', 'on_time'] as const
export type IndicatorId = (typeof INDICATORS)[number]

/** One number: percent with one decimal, null where nothing is counted or no target is set. */
export interface Figure {
  unit: string
  unit_name: string
  indicator: string
  numerator: number
  denominator: number
  share: number | null
  target: number | null
}

/** What a number means, as the server counts it. */
export interface Definition {
  id: string
  sentence: string
  sentence_en: string
  source: string
  source_en: string
  version: string
}

export interface Table {
  period: string
  /** The last day that was counted. */
  seen_until: string
  items: readonly Figure[]
  definitions: readonly Definition[]
}

export interface Counted {
  code: string
  unit: string
  procedure: string
  channel: 'online' | 'assisted' | 'direct' | 'post'
  accepted_at: string
  counted: boolean
}

export interface CountedPage {
  items: readonly Counted[]
  next: string | null
}
