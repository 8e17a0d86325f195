/** Addresses of the officer's pages; a dossier's code stands after `#`, never in a log. */
export const way = {
  inbox: '/can-bo/',
  dossier: (code: string): string => `/can-bo/ho-so#${code}`,
  sending: '/can-bo/chuyen',
  money: '/can-bo/tien',
  movement: (id: string): string => `/can-bo/tien#${id}`,
  refunds: '/can-bo/hoan-tien',
  refund: (id: string): string => `/can-bo/hoan-tien#${id}`,
  shifts: '/can-bo/ca-thu',
  shift: (id: string): string => `/can-bo/ca-thu#${id}`,
  closes: '/can-bo/doi-soat',
  close: (id: string): string => `/can-bo/doi-soat#${id}`,
  posters: '/can-bo/to-dan',
} as const
