/** A dossier as this device knows it (hồ sơ), from the first answer to the receipt and after. */
import type { SentFile } from '../form/manifest.ts'
import type { Values } from '../form/definition.ts'
import type { Lent } from '../form/lent.ts'
import type { Status } from '../api/schema.ts'
import type { Language } from '../words/say.ts'
import type { Hint } from '../worker/messages.ts'
import { newSending } from './new-sending.ts'
import type { Sending } from './sending.ts'
import type { Proof } from './proof.ts'

/** One photographed page or file; its bytes lie beside, under the hash, until the receipt. */
export interface Page extends SentFile {
  /** The phone could not open it; the server decides. */
  original: boolean
  /** What the person may want to mend; null once they said that it will do. */
  hint?: Hint | null
}

export type Pages = { readonly [paper: string]: readonly Page[] | undefined }

export interface Consented {
  id: string
  version: string
  at: string
}

/** Why nothing is to be paid: a group of the procedure, and what proves it. */
export interface Claimed {
  group: string | null
  evidence: string
}

/** What the ward asked to add, and how far the answer is. */
export interface SupplementDraft {
  sid: string
  values: Values
  pages: Pages
  sending: Sending
  proof: Proof | null
}

export interface Dossier {
  id: string
  /** 256 bits made with the draft: who has it may see and change this dossier. */
  key: string
  procedure: string
  version: string
  title: string
  /** The title in each language that it was read in. */
  titles?: { readonly [Spoken in Language]?: string }
  unit: { code: string; name: string }
  qr: string | null
  values: Values
  /** Answers that still are as a card had them. */
  lent?: Lent
  consents: readonly Consented[]
  pages: Pages
  /** The page where the person is: a step, a paper, `review`. */
  at: string | null
  /** The camera was opened for this paper and nothing has come back yet. */
  camera: string | null
  madeAt: number
  savedAt: number
  sending: Sending
  proof: Proof | null
  status: Status | null
  /** When the server told `status` last. */
  heardAt?: number
  /** The person agreed that the office keeps this draft for another device. */
  shared?: boolean
  /** A locked file of this draft left this device or came to it; nobody agreed to send anything. */
  carried?: boolean
  /** The form came in a locked file without network: the office is still to be asked for its own. */
  borrowed?: boolean
  /** The person filed it at the national portal, and wrote down its code there and when. */
  portal?: { code: string; at: string }
  supplement: SupplementDraft | null
  /** A link to pay for it may be out: made here, or where this dossier came from; a device that never kept it does not know. */
  payLink?: boolean
  /** What the person wrote to pay nothing, until the fee is settled. */
  claim?: Claimed
}

/** A draft may have a status too: the office is asked about photos that travel ahead. */
export const isSent = ({ proof, status }: Pick<Dossier, 'proof' | 'status'>): boolean =>
  proof !== null || (status !== null && status.state !== 'draft')

/** Another device may go on with this draft: neither overwrites the other unasked. */
export const isOnTwo = ({ shared, carried }: Pick<Dossier, 'shared' | 'carried'>): boolean => shared === true || carried === true

/** Another device has changed or sent this draft: only the person can say what holds. */
export const isApart = (dossier: Pick<Dossier, 'shared' | 'carried' | 'sending'>): boolean =>
  isOnTwo(dossier) && /^(stale-draft|already-submitted)$/.test(dossier.sending.stop?.slug ?? '')

export const titleOf = ({ title, titles }: Dossier, language: Language): string => titles?.[language] ?? title

export const filesOf = (pages: Pages): readonly Page[] =>
  Object.values(pages).flatMap((list) => list ?? [])

function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Begin a dossier; nothing of it leaves the device yet. */
export function newDossier(
  about: Pick<Dossier, 'procedure' | 'version' | 'title' | 'titles' | 'unit' | 'qr' | 'values'>,
  now: number,
): Dossier {
  return {
    ...about,
    id: crypto.randomUUID(),
    key: newKey(),
    consents: [],
    pages: {},
    at: null,
    camera: null,
    madeAt: now,
    savedAt: now,
    sending: newSending(),
    proof: null,
    status: null,
    supplement: null,
    payLink: false,
  }
}
