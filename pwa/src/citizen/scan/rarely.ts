/** What stands below the door, and where a poster rarely leads: loaded a moment after its page. */
import type { Poster } from '../../api/schema.ts'
import { lazy } from '../../parts/lazy/lazy.tsx'
import type { NoStartProps } from '../procedure/no-start.tsx'
import type { BelowProps } from './below.tsx'
import type { OtherWardProps } from './other-ward.tsx'

export const Below = lazy<BelowProps>(async () => (await import('./below.tsx')).Below, 'part')

export const OtherWard = lazy<OtherWardProps>(async () => (await import('./other-ward.tsx')).OtherWard)

export const Nowhere = lazy<{ code: string; poster: Poster | null }>(
  async () => (await import('./nowhere.tsx')).Nowhere,
  'part',
)

export const NoStart = lazy<NoStartProps>(async () => (await import('../procedure/no-start.tsx')).NoStart, 'part')
