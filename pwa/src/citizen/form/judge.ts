/** Judging the answers of a page and finding the next one: loaded while the person answers. */
import { serverNow } from '../../api/clock.ts'
import { filesOf, isSent, type Dossier } from '../../drafts/dossier.ts'
import { judgeAll, oddFits } from '../../form/agreements.ts'
import { doubtsOf } from '../../form/check.ts'
import { counted } from '../../form/conditions.ts'
import type { Definition, Values } from '../../form/definition.ts'
import { firstOpen } from '../../form/open.ts'
import { inOrder } from '../../form/order.ts'
import { pageAfter, pagesOf } from '../../form/pages.ts'
import { doubtsOfPersons } from '../../form/persons.ts'
import { clock } from '../../form/over.ts'
import { today } from '../../form/today.ts'
import { doubtsOfVisit } from '../../form/visit.ts'
import { portalWay } from '../portal/ways.ts'
import { pageAt, way } from '../ways.ts'
import { say } from '../../words/next.ts'
import { told } from './telling.ts'
import type { Told } from './told.ts'

clock.now = () => serverNow() ?? Date.now()

/** What it shows of them. */
export { Found } from './found.tsx'

/** What is wrong with these answers to the questions of one page, or may be a slip, in words. */
export function judged(dossier: string, definition: Definition, id: string, values: Values): Told[] {
  const pages = pagesOf(definition, values, today())
  const page = pages.find((one) => one.kind === 'step' && one.id === id)
  if (page?.kind !== 'step') return []
  const given = counted(definition, values, today())
  const { fields } = page
  const doubts = fields.flatMap((field) => doubtsOf(field, given[field.id], today()))
  const beside = [oddFits, doubtsOfPersons, doubtsOfVisit].flatMap((of) => of(definition, fields, given, today()))
  const found = inOrder(fields, [...judgeAll(definition, fields, given, today()), ...doubts, ...beside])
  return told(found).map(({ beside, ...one }) => {
    const other = pages.find((each) => each.kind === 'step' && each.id !== id && each.fields.some((field) => field.id === beside))
    if (other?.kind !== 'step') return one
    return { ...one, elsewhere: { at: `${pageAt(dossier, other)}/sua`, words: say('err.elsewhere', { title: other.step.title }) } }
  })
}

/** Whether the page stays: something is wrong, or is asked about that was not when these were `asked`. */
export function stays(found: readonly Told[], values: Values, asked: Values | undefined): boolean {
  const same = (field = ''): boolean => asked !== undefined && asked[field] === values[field]
  return found.some(({ mild, at }) => !mild || !same(at.split('/')[0]))
}

/** The first page that still wants something. */
export function openAt(dossier: Dossier, definition: Definition, values = dossier.values): string {
  const have = (paper: string): number => dossier.pages[paper]?.length ?? 0
  return pageAt(dossier.id, firstOpen(definition, values, have, today()))
}

interface Left {
  kind: 'step' | 'paper'
  id: string
  /** It was opened from the last look. */
  editing: boolean
}

/** Where `Tiếp tục` leads: the next page, or from an edit the first that is still open. */
export function nextAfter(dossier: Dossier, definition: Definition, values: Values, left: Left): string {
  if (left.editing) return openAt(dossier, definition, values)
  return pageAt(dossier.id, pageAfter(definition, values, left, today()))
}

/** Where the person left off. */
export function resumeAt(dossier: Dossier, definition: Definition): string {
  if (dossier.portal !== undefined) return portalWay.home(dossier.id)
  if (isSent(dossier)) return way.follow(dossier.id)
  if (dossier.sending.goal === 'submit') return way.send(dossier.id)
  const begun = dossier.at !== null || filesOf(dossier.pages).length > 0
  return begun && dossier.camera !== null ? way.paper(dossier.id, dossier.camera) : openAt(dossier, definition)
}
