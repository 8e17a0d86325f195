/** What the office found when it opened a photo: also of a draft, whose photos travel ahead. */
import type { FileCheck } from '../api/schema.ts'
import type { Dossier, Page } from './dossier.ts'
import type { Sending } from './sending.ts'

/** The last word on a file; null while nobody has looked. */
export function checkOf(
  files: Sending['files'],
  checks: readonly FileCheck[],
  sha256: string,
): FileCheck['check'] | null {
  const [first, later] = [files[sha256]?.check ?? null, checks.find((one) => one.sha256 === sha256)?.check ?? null]
  if (first === 'ok' || first === 'unreadable') return first
  return later ?? first
}

type Photos = Pick<Dossier, 'sending' | 'status'>

/** It arrived, and cannot be opened there. */
export const isUnreadable = ({ sending, status }: Photos, { sha256 }: Pick<Page, 'sha256'>): boolean =>
  checkOf(sending.files, status?.files ?? [], sha256) === 'unreadable'

/** Kinds that every phone opens; of a HEIC photo or a PDF its silence says nothing. */
const OPENED_BY_ALL = ['image/jpeg', 'image/png']

/** This device could not open it, and the office has not said that it can. */
export const isDoubtful = ({ sending, status }: Photos, { sha256, original, media_type: kind }: Pick<Page, 'sha256' | 'original' | 'media_type'>): boolean =>
  original && OPENED_BY_ALL.includes(kind) && checkOf(sending.files, status?.files ?? [], sha256) !== 'ok'

/** It arrived whole, and nothing is wrong with it. */
export const isKept = (dossier: Photos, page: Pick<Page, 'sha256' | 'size'>): boolean =>
  dossier.sending.files[page.sha256]?.have === page.size && !isUnreadable(dossier, page)
