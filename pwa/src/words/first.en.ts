/** English, from the first page to the last question. */
import type { Translation } from './say.ts'
import type { first } from './first.vi.ts'

export const english: Translation<typeof first> = {
  'top.skip': 'Skip to the main content',
  'top.anyOffice': 'File a dossier by phone',
  'top.larger': 'Larger text',

  'where.phone': '**On this phone**, not sent yet',
  'where.saved': '**On this phone**, saved {hour}',
  'where.unsaved': '**In this page only**, nothing is kept',
  'where.way': '**Sending**, {have} of {all} arrived',
  'where.wait': '**On this phone**, waiting for network',
  'where.office': '**The ward has everything**',
}
