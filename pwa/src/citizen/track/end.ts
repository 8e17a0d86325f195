/** Few dossiers end without a result, so the card of that comes when it is wanted. */
import { lazy } from '../../parts/lazy/lazy.tsx'
import type { EndedProps } from './ended.tsx'

export const EndedCard = lazy<EndedProps>(async () => (await import('./ended.tsx')).EndedCard, 'part')
