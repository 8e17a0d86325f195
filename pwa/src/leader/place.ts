/** What is open at the leader's desk, as it stands in the address. */
import { idOf, read, thisMonth, type Period } from './periods.ts'
import { INDICATORS, type IndicatorId } from './shapes.ts'

export interface Open {
  period: Period
  indicator: IndicatorId
  /** Whose table is shown. */
  whole: string
  /** The unit whose dossiers are shown, when one is open. */
  unit: string | null
}

export function openAt(query: URLSearchParams, units: readonly string[], today: string): Open {
  const whole = units.find((unit) => unit === query.get('don-vi')) ?? units[0] ?? ''
  return {
    period: read(query.get('ky')) ?? thisMonth(today),
    indicator: INDICATORS.find((one) => one === query.get('chi-tieu')) ?? 'filed_online',
    whole,
    unit: query.get('phuong'),
  }
}

export function addressOf({ period, indicator, whole, unit }: Open): string {
  const query = new URLSearchParams({ ky: idOf(period), 'chi-tieu': indicator, 'don-vi': whole })
  if (unit !== null) query.set('phuong', unit)
  return `/lanh-dao/?${query.toString()}`
}
