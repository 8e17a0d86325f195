/**
 * The runner of the send queue: it does what `sending.ts` says, one dossier after another.
 *
 * One tab sends at a time (Web Lock). It is woken by the start of the page, by the network coming
 * back, by the person, and by its own clock; whether there is network is known from answers
 * alone. Every step is kept before the next, so that a killed tab goes on where it stood.
 */
import { call, slugOf, type Refusal, type Result } from '../api/client.ts'
import type { FileCheck, Status, SubmitAnswer } from '../api/schema.ts'
import { manifestOf } from '../form/manifest.ts'
import { today } from '../form/today.ts'
import { book } from './book.ts'
import { filesOf, isOnTwo, type Dossier } from './dossier.ts'
import { plainText, sameManifest } from './handover.ts'
import { agrees, proofOf } from './proof.ts'
import { heard, hurry, next, type Command, type Heard, type Parcel, type Sending, type Stop } from './sending.ts'
import { supplementBody } from './supplement.ts'

const LOCK = 'motcua-send'
const SMALL_PIECE = 256 * 1024
const LARGEST_PIECE = 1024 * 1024
const QUICK = 1500
const PIECE_PATIENCE = 90_000
/** The server has too much to do, and says so. */
const CROWDED = [408, 429, 503]
/** Refusals of a call that brings a file which are about that file: its size, its kind, its bytes. */
const ABOUT_THE_FILE = [413, 415, 422]

/** What is sent of one dossier: itself, or the answer to the ward's question. */
interface Route {
  path: string
  submit: string
  body: unknown
  parcel: Parcel
  /** What this device last knew of a draft that another one may change too. */
  edition: string | null
  /** The dossier itself, not the answer to a question of the ward's. */
  own: boolean
  read: (dossier: Dossier) => Sending
  write: (dossier: Dossier, sending: Sending) => Dossier
}

let piece = SMALL_PIECE

async function digestOf(text: string): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return btoa(String.fromCharCode(...new Uint8Array(sum)))
}

/**
 * While photos travel ahead only the list of files decides whether the manifest must go again;
 * each keystroke need not.
 */
async function parcelOf(goal: Sending['goal'], body: unknown, files: Parcel['files']): Promise<Parcel> {
  const list = files.map(({ sha256, size }) => ({ sha256, size }))
  return { digest: await digestOf(JSON.stringify(goal === 'hold' ? list : body)), files: list }
}

async function routeOf(dossier: Dossier): Promise<Route | null> {
  const definition = await book.definition(dossier)
  if (definition === null) return null
  const base = `/api/v1/dossiers/${dossier.id}`
  const answer = dossier.supplement
  if (answer !== null && answer.sending.goal !== 'none') {
    const body = supplementBody(dossier, definition)
    const path = `${base}/supplement/${answer.sid}`
    return {
      path,
      submit: `${path}/submit`,
      body,
      parcel: await parcelOf('submit', body, filesOf(answer.pages)),
      edition: null,
      own: false,
      read: (now) => now.supplement?.sending ?? answer.sending,
      write: (now, sending) =>
        now.supplement === null ? now : { ...now, supplement: { ...now.supplement, sending } },
    }
  }
  const filled = { ...dossier, unit: dossier.unit.code, papers: dossier.pages }
  const body = manifestOf(definition, filled, today())
  const files = body.papers.flatMap((paper) => paper.files)
  return {
    path: base,
    submit: `${base}/submit`,
    body,
    parcel: await parcelOf(dossier.sending.goal, body, files),
    edition: isOnTwo(dossier) ? (dossier.sending.edition ?? null) : null,
    own: true,
    read: (now) => now.sending,
    write: (now, sending) => ({ ...now, sending }),
  }
}

function stopOf({ problem }: Refusal): Stop {
  const { title, trace_id: trace = null, errors = [] } = problem
  return { slug: slugOf(problem), title, trace, errors }
}

/** What any unhappy end means when the command has no meaning of its own for it. */
function unhappy(result: Exclude<Result<unknown>, { end: 'answer' }>, file?: string): Heard {
  if (result.end === 'lost') return { heard: 'network' }
  if (CROWDED.includes(result.status)) return { heard: 'busy', seconds: result.retryAfter }
  if (result.status >= 500) return { heard: 'broken', seconds: result.retryAfter }
  const stop = stopOf(result)
  if (file === undefined || !ABOUT_THE_FILE.includes(result.status)) return { heard: 'refused', stop }
  return { heard: 'refused', stop: { ...stop, file } }
}

async function putManifest(dossier: Dossier, { path, body, parcel, edition }: Route): Promise<Heard> {
  const digest = parcel.digest
  const tried = dossier.sending.tried ?? null
  if (edition !== null) {
    const trying = await sumOf(body)
    await book.change(dossier.id, (now) => ({ ...now, sending: { ...now.sending, tried: trying } }))
  }
  const headers = guard(edition)
  const result = await call<Status>(path, { method: 'PUT', json: body, key: dossier.key, headers })
  if (result.end === 'answer') return { heard: 'manifest-kept', digest, edition: result.headers.get('ETag') }
  if (result.end === 'refusal') {
    const slug = slugOf(result.problem)
    if (slug === 'already-submitted' && !isOnTwo(dossier)) return { heard: 'already-submitted', ...parcel }
    if (slug === 'stale-draft') return changedElsewhere(result, body, digest, tried)
  }
  return unhappy(result)
}

/** Only what is meant for this edition of the draft may happen. */
const guard = (edition: string | null): Record<string, string> => (edition === null ? {} : { 'If-Match': edition })

const sumOf = (manifest: unknown): Promise<string> => digestOf(plainText(manifest))

/** Our own change whose answer was lost is no change of others; a draft that is gone is sent anew. */
async function changedElsewhere(result: Refusal, body: unknown, digest: string, tried: string | null): Promise<Heard> {
  const { current = null } = result.problem
  const edition = result.headers.get('ETag')
  if (current === null) return { heard: 'manifest-gone' }
  if (sameManifest(current, body)) return { heard: 'manifest-kept', digest, edition }
  if ((await sumOf(current)) === tried) return { heard: 'manifest-kept', digest: tried, edition }
  return { heard: 'refused', stop: stopOf(result) }
}

const offsetIn = (headers: Headers): number => Number(headers.get('Upload-Offset') ?? 0)

function notNamed(result: Refusal): boolean {
  return result.status === 404 && slugOf(result.problem) === 'not-in-manifest'
}

async function askOffset(dossier: Dossier, sha256: string, size: number): Promise<Heard> {
  const path = `/api/v1/dossiers/${dossier.id}/files/${sha256}`
  const result = await call(path, { method: 'HEAD', key: dossier.key })
  if (result.end === 'answer')
    return { heard: 'offset', sha256, size, offset: offsetIn(result.headers) }
  if (result.end === 'refusal' && result.status === 404) return { heard: 'manifest-lost' }
  return unhappy(result, sha256)
}

async function sendPiece(dossier: Dossier, sha256: string, size: number, from: number): Promise<Heard> {
  const kept = await book.bytes(dossier.id, sha256)
  if (kept === null) return { heard: 'refused', stop: { slug: 'photo-lost', title: '', trace: null, errors: [], file: sha256 } }
  const end = Math.min(size, from + piece)
  const began = Date.now()
  const result = await call<FileCheck>(`/api/v1/dossiers/${dossier.id}/files/${sha256}`, {
    method: 'PATCH',
    key: dossier.key,
    bytes: kept.bytes.slice(from, end),
    patience: PIECE_PATIENCE,
    headers: {
      'Content-Type': 'application/partial-upload',
      'Upload-Offset': String(from),
      'Upload-Complete': end === size ? '?1' : '?0',
    },
  })
  if (result.end === 'answer') {
    piece = Date.now() - began < QUICK ? Math.min(LARGEST_PIECE, piece * 2) : SMALL_PIECE
    if (end === size) return { heard: 'whole', sha256, size, check: result.body?.check ?? 'pending' }
    return { heard: 'offset', sha256, size, offset: offsetIn(result.headers) }
  }
  piece = SMALL_PIECE
  if (result.end === 'refusal' && result.status === 409)
    return { heard: 'offset', sha256, size, offset: offsetIn(result.headers) }
  if (result.end === 'refusal' && notNamed(result)) return { heard: 'manifest-lost' }
  if (result.end === 'refusal' && slugOf(result.problem) === 'hash-mismatch')
    return { heard: 'mismatch', sha256, size }
  return unhappy(result, sha256)
}

/** Handed in is the manifest that was kept last, never an older one that came late. */
async function submit(dossier: Dossier, { submit: path, parcel, own }: Route): Promise<Heard> {
  const headers = guard(own ? (dossier.sending.edition ?? null) : null)
  const result = await call<SubmitAnswer>(path, { method: 'POST', json: {}, key: dossier.key, headers })
  if (result.end === 'refusal' && slugOf(result.problem) === 'stale-draft') return { heard: 'manifest-lost' }
  if (result.end === 'answer') return received(dossier, result.body, parcel)
  if (result.end === 'refusal' && slugOf(result.problem) === 'files-missing')
    return { heard: 'files-missing', files: parcel.files.map(({ sha256 }) => sha256) }
  return unhappy(result)
}

/** Compare first, keep the receipt second, delete the photos last. */
async function received(dossier: Dossier, answer: SubmitAnswer, parcel: Parcel): Promise<Heard> {
  const proof = proofOf(answer)
  const answering = (now: Dossier): boolean => now.supplement !== null && now.supplement.sending.goal === 'submit'
  if (!agrees(proof, parcel.files, answering(dossier)))
    return { heard: 'refused', stop: { slug: 'receipt-differs', title: '', trace: null, errors: [] } }
  await book.change(dossier.id, (now) =>
    now.supplement !== null && answering(now)
      ? { ...now, supplement: { ...now.supplement, proof } }
      : { ...now, proof, savedAt: Date.now() },
  )
  await book.dropBytes(dossier.id)
  return { heard: 'received' }
}

function carryOut(command: Command, dossier: Dossier, route: Route): Promise<Heard> | null {
  const sizeOf = (sha256: string): number =>
    route.parcel.files.find((file) => file.sha256 === sha256)?.size ?? 0
  switch (command.do) {
    case 'put-manifest':
      return putManifest(dossier, route)
    case 'ask':
      return askOffset(dossier, command.sha256, sizeOf(command.sha256))
    case 'send':
      return sendPiece(dossier, command.sha256, sizeOf(command.sha256), command.from)
    case 'submit':
      return submit(dossier, route)
    case 'wait':
    case 'rest':
      return null
  }
}

/** Drive one dossier until it rests or waits; tells until when it waits. */
async function drive(id: string): Promise<number | null> {
  for (;;) {
    const dossier = book.get(id)
    const route = dossier === null ? null : await routeOf(dossier)
    if (dossier === null || route === null) return null
    const command = next(route.read(dossier), route.parcel, Date.now())
    const outcome = carryOut(command, dossier, route)
    if (outcome === null) return command.do === 'wait' ? command.until : null
    const event = await outcome.catch((): Heard => ({ heard: 'busy', seconds: null }))
    await book.change(id, (now) =>
      route.write(now, heard(route.read(now), event, Date.now(), Math.random())),
    )
  }
}

const wanted = (dossier: Dossier): boolean =>
  dossier.sending.goal !== 'none' || (dossier.supplement?.sending.goal ?? 'none') !== 'none'

async function driveAll(): Promise<void> {
  clearTimeout(alarm)
  await book.ready()
  const waits: number[] = []
  for (const dossier of book.list().filter(wanted)) {
    const until = await drive(dossier.id)
    if (until !== null) waits.push(until)
  }
  if (waits.length > 0) alarm = setTimeout(wake, Math.max(250, Math.min(...waits) - Date.now()))
}

let alarm: ReturnType<typeof setTimeout> | undefined
let running = false
let again = false

async function exclusively(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request(LOCK, work)
}

/** Look for something to send; cheap when there is nothing. */
export function wake(): void {
  again = true
  if (running) return
  running = true
  void (async () => {
    while (again) {
      again = false
      await exclusively(driveAll).catch(() => undefined)
    }
    running = false
  })()
}

/** The person or the network says: now. */
export async function sendNow(): Promise<void> {
  for (const { id } of book.list().filter(wanted)) {
    await book.change(id, (now) => ({
      ...now,
      sending: hurry(now.sending),
      supplement:
        now.supplement === null
          ? null
          : { ...now.supplement, sending: hurry(now.supplement.sending) },
    }))
  }
  wake()
}

/** Listen for everything that may let a waiting dossier go on. */
export function keepSending(): void {
  addEventListener('online', () => void sendNow())
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'visible') void sendNow()
  })
  wake()
}
