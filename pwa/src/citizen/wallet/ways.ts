/** Addresses of the wallet's pages; `editing` came from the last look, and returns there. */
import { way } from '../ways.ts'

const mode = (editing: boolean): string => (editing ? '/sua' : '')

export const walletWay = {
  own: '/h#tui',
  from: (id: string, paper: string, editing: boolean) => `/ho-so#${id}/lay-tu-tui/${paper}${mode(editing)}`,
  into: (id: string, paper: string, editing: boolean) => `/ho-so#${id}/cat-vao-tui/${paper}${mode(editing)}`,
  paper: (id: string, paper: string, editing: boolean) => `${way.paper(id, paper)}${mode(editing)}`,
} as const
