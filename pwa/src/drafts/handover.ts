/**
 * One draft on two devices: the office keeps it, who holds the key goes on with it.
 *
 * The server's manifest becomes answers again; what two devices have changed apart is never mixed,
 * the person says which one holds.
 */
import { call, slugOf, type Result } from '../api/client.ts'
import type { Definition, Field, Value, Values } from '../form/definition.ts'
import { manifestOf, type Manifest } from '../form/manifest.ts'
import { fieldsAsked } from '../form/pages.ts'
import { today } from '../form/today.ts'
import { book } from './book.ts'
import { type Dossier, type Pages } from './dossier.ts'
import { newSending } from './new-sending.ts'
import type { FileState, Sending, Stop } from './sending.ts'

/** `GET /api/v1/dossiers/{id}/draft`: the draft whole, and how far each file has come. */
export interface KeptDraft {
  manifest: Manifest
  files: readonly { sha256: string; size: number; offset: number }[]
}

export const fetchDraft = (id: string, key: string): Promise<Result<KeptDraft>> =>
  call<KeptDraft>(`/api/v1/dossiers/${id}/draft`, { key })

/** Pictures that every browser draws. */
const DRAWN = ['image/jpeg', 'image/png']
const MOMENT = /^\d{4}-\d\d-\d\dT/

/** One form for what both sides write differently: absent, null or empty; the same moment elsewhere. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain)
  if (typeof value === 'string') return MOMENT.test(value) ? Date.parse(value) : value.normalize('NFC')
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key, one]) => one !== null && one !== '' && (key !== 'example' || one !== false))
  return Object.fromEntries(kept.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, plain(one)]))
}

/** A manifest in one form, to be compared. */
export const plainText = (manifest: unknown): string => JSON.stringify(plain(manifest))

/** Whether the server's manifest and ours say the same. */
export const sameManifest = (there: unknown, here: unknown): boolean => plainText(there) === plainText(here)

function valueOf(field: Field, { owner, submitter, answers }: Manifest): Value | undefined {
  const [role, detail] = (field.is ?? '').split('.')
  const given = detail === undefined ? answers[field.id] : (role === 'requester' ? (submitter ?? owner) : owner)[detail]
  return given ?? undefined
}

/** The answers that a manifest was made of; a person's details go to the questions asked now. */
export function valuesOf(definition: Definition, manifest: Manifest, day = today()): Values {
  const fields = definition.steps.flatMap((step): readonly Field[] => step.fields)
  const given = fields.map((field) => [field.id, valueOf(field, manifest)] as const)
  const all = Object.fromEntries(given.filter(([, value]) => value !== undefined)) as Values
  const asked = new Set(fieldsAsked(definition, all, day).map(({ id }) => id))
  const own = (field: Field): boolean => asked.has(field.id) || (field.is ?? '') === ''
  return Object.fromEntries(fields.filter((field) => own(field) && field.id in all).map(({ id }) => [id, all[id]]))
}

function pagesOf({ papers }: Manifest): Pages {
  const page = (file: Manifest['papers'][number]['files'][number]) => ({ ...file, original: !DRAWN.includes(file.media_type) })
  return Object.fromEntries(papers.map(({ paper, files }) => [paper, files.map(page)]))
}

const come = ({ size, offset }: KeptDraft['files'][number]): FileState => ({
  size,
  have: offset,
  check: null,
  stuck: 0,
  mismatches: 0,
})

const sendingOf = ({ files }: KeptDraft, edition: string | null): Sending => ({
  ...newSending(),
  edition,
  files: Object.fromEntries(files.map((file) => [file.sha256, come(file)])),
})

/** The dossier as the server keeps it, in place of what this device had. */
export function adopted(dossier: Dossier, definition: Definition, kept: KeptDraft, edition: string | null): Dossier {
  return {
    ...dossier,
    values: valuesOf(definition, kept.manifest),
    pages: pagesOf(kept.manifest),
    consents: kept.manifest.consents,
    qr: kept.manifest.qr,
    camera: null,
    savedAt: Date.now(),
    sending: sendingOf(kept, edition),
  }
}

/** Ours goes on over the other: the next sending replaces it knowingly. */
export const insisted = (dossier: Dossier, kept: KeptDraft, edition: string | null): Dossier => ({
  ...dossier,
  sending: sendingOf(kept, edition),
})

const manifestHere = (dossier: Dossier, definition: Definition): Manifest =>
  manifestOf(definition, { ...dossier, unit: dossier.unit.code, papers: dossier.pages }, today())

/** What differs between both, in the words of the form: questions, then papers. */
export function differences(dossier: Dossier, definition: Definition, { manifest }: KeptDraft): string[] {
  const here = valuesOf(definition, manifestHere(dossier, definition))
  const there = valuesOf(definition, manifest)
  const fields = definition.steps.flatMap((step): readonly Field[] => step.fields)
  const asked = fields.filter(({ id }) => !sameManifest({ is: there[id] ?? null }, { is: here[id] ?? null }))
  const list = (pages: Pages, paper: string): string => (pages[paper] ?? []).map(({ sha256 }) => sha256).join()
  const pages = pagesOf(manifest)
  const papers = definition.papers.filter(({ id }) => list(pages, id) !== list(dossier.pages, id))
  return [...asked.map(({ label }) => label), ...papers.map(({ name }) => name)]
}

const stopped = (slug: string): Stop => ({ slug, title: '', trace: null, errors: [] })

/** Has another device gone on with this draft? Then nothing is sent from here until it is said which holds. */
export async function lookElsewhere(dossier: Dossier, definition: Definition): Promise<void> {
  const { edition } = dossier.sending
  const result = await fetchDraft(dossier.id, dossier.key)
  let slug: string | null = null
  if (result.end === 'refusal' && slugOf(result.problem) === 'already-submitted') slug = 'already-submitted'
  if (result.end === 'answer' && result.headers.get('ETag') !== edition)
    slug = sameManifest(result.body.manifest, manifestHere(dossier, definition)) ? null : 'stale-draft'
  if (slug === null) return
  const stop = stopped(slug)
  await book.change(dossier.id, (now) =>
    now.proof !== null || now.sending.goal === 'submit' || now.sending.edition !== edition
      ? now
      : { ...now, sending: { ...now.sending, goal: 'none', stop } },
  )
}
