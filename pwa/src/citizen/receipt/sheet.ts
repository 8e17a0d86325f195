/** The receipt as it stands on its picture: what the page shows, no names, never the key. */
import type { Dossier } from '../../drafts/dossier.ts'
import type { Proof } from '../../drafts/proof.ts'
import type { Definition } from '../../form/definition.ts'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import type { Piece } from '../picture/draw.ts'
import { dueNow } from '../pay/offer.ts'
import { partName } from '../send/part-name.ts'
import { expectedAt, expectedIf } from '../track/expected.ts'
import { isOver } from '../track/standing.ts'

export interface ReceivedFile {
  sha256: string
  size: number
  name: string
}

/** What the receipt names, in the order and with the names of the procedure. */
export function filesNamed({ receipt }: Proof, pages: Dossier['pages'], { papers }: Pick<Definition, 'papers'>): ReceivedFile[] {
  const named = papers.flatMap(({ id, name }) =>
    (pages[id] ?? []).map(({ sha256 }, index) => ({ sha256, name: partName(name, index) })),
  )
  return receipt.files.map((file) => {
    const at = named.findIndex(({ sha256 }) => sha256 === file.sha256)
    // One photo may be a page of several papers: each of their names is used once.
    const name = at < 0 ? file.name : (named.splice(at, 1)[0]?.name ?? file.name)
    return { ...file, name }
  })
}

/** The newest receipt's token: the server's word, else what came with the submission. */
export const tokenOf = ({ status, supplement, proof }: Dossier): string | null =>
  status?.verify_token ?? supplement?.proof?.token ?? proof?.token ?? null

/** What is to be known about the date. */
export function dateMore(status: Dossier['status']): string | null {
  if (status?.paused) return say('track.paused')
  if (status?.provisional) return say('due.provisional')
  return status?.due_at ? null : expectedIf(status ?? {})
}

/** By when a result is to come, while one is. */
export const promisedAt = (status: Dossier['status']): string | null =>
  isOver(status?.state) ? null : (status?.due_at ?? expectedAt(status ?? {}))

function promised({ status }: Dossier): Piece[] {
  const by = promisedAt(status)
  if (by === null) return []
  const more = dateMore(status)
  return [
    { text: `${say(status?.due_at ? 'proof.promised' : 'proof.expected')}: ${format.moment(by)}` },
    ...(more === null ? [] : [{ text: more, size: 'small' } as const]),
  ]
}

function owed({ status, proof }: Dossier): Piece[] {
  const obligation = status?.obligation ?? proof?.obligation ?? null
  if (obligation?.state !== 'open') return []
  return [{ text: `${say('fee.due')}: ${format.money(dueNow(obligation))}` }]
}

/** Its lines and codes, from top to bottom. */
export function sheetOf(dossier: Dossier, proof: Proof, definition: Pick<Definition, 'papers'>, origin: string): Piece[] {
  const token = tokenOf(dossier)
  const files = filesNamed(proof, dossier.pages, definition)
  return [
    { text: dossier.unit.name, bold: true },
    { text: say('proof.title'), size: 'large', bold: true },
    { text: dossier.title },
    { text: `${say('proof.code')}:` },
    { text: format.code(proof.code).join(' '), size: 'large', bold: true },
    ...(proof.trackDigits === null ? [] : [{ text: `${say('proof.digits')} ${proof.trackDigits}` }]),
    { text: `${say('proof.at')}: ${format.moment(proof.receipt.at)}` },
    ...promised(dossier),
    ...owed(dossier),
    { text: `${say('proof.list', { count: files.length + 1 })}:` },
    { text: say('send.form'), size: 'small' },
    ...files.map(({ name, size, sha256 }): Piece => ({
      text: `${name} (${format.size(size)}, ${say('proof.mark')} ${format.mark(sha256)})`,
      size: 'small',
    })),
    { text: say('proof.qr'), size: 'small' },
    { code: `${origin}/tra-cuu#${proof.code}` },
    ...(token === null ? [] : [{ text: say('check.qr'), size: 'small' } as const, { code: `${origin}/v#${token}` }]),
  ]
}
