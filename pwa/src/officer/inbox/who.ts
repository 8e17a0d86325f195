/** Who handed a dossier in (người nộp), and for whom, with names as lists show them. */
import { say } from '../../words/officer.ts'
import type { Line } from '../shapes.ts'

type People = Pick<Line, 'owner_masked' | 'submitter_masked'>

export function whoWords({ owner_masked: owner, submitter_masked: submitter }: People): string {
  return submitter === null ? say('who.self', { name: owner }) : say('who.for', { name: submitter, owner })
}
