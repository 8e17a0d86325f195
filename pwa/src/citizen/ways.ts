/** Addresses inside the citizen's pages. What is personal stands behind `#` only. */
import type { FilingPage } from '../form/pages.ts'

export const way = {
  step: (id: string, step: string) => `/ho-so#${id}/b/${step}`,
  card: (id: string, step: string) => `/ho-so#${id}/the/${step}`,
  paper: (id: string, paper: string) => `/ho-so#${id}/g/${paper}`,
  dossier: (id: string) => `/ho-so#${id}`,
  stopped: (id: string) => `/ho-so#${id}/dung`,
  review: (id: string) => `/ho-so#${id}/xem-lai`,
  send: (id: string) => `/ho-so#${id}/gui`,
  proof: (id: string) => `/ho-so#${id}/bien-nhan`,
  pay: (id: string) => `/ho-so#${id}/tra-phi`,
  payBy: (id: string, adapter: string) => `/ho-so#${id}/tra-phi/${adapter}`,
  follow: (id: string) => `/ho-so#${id}/theo-doi`,
  supplement: (id: string) => `/ho-so#${id}/bo-sung`,
  elsewhere: (id: string) => `/ho-so#${id}/may-khac`,
  withdraw: (id: string) => `/ho-so#${id}/rut`,
} as const

/** The address of a page of the filing. */
export function pageAt(id: string, page: FilingPage): string {
  if (page.kind === 'review') return way.review(id)
  return page.kind === 'step' ? way.step(id, page.id) : way.paper(id, page.id)
}

/** An address with the office, and with the poster that brought the person. */
function from(path: string, unit: string | null, qr: string | null): string {
  const query = new URLSearchParams()
  if (unit !== null) query.set('unit', unit)
  if (qr !== null) query.set('qr', qr)
  const text = query.toString()
  return text === '' ? path : `${path}?${text}`
}

/** The start page of a procedure. */
export const startOf = (code: string, unit: string | null, qr: string | null): string => from(`/p/${code}`, unit, qr)

/** The list of all procedures: whoever comes from an office is not asked for it again. */
export const homeOf = (unit: string | null, qr: string | null): string => from('/', unit, qr)
