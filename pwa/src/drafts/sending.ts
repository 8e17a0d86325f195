/**
 * How a dossier travels: manifest, then each file by offset, then submit. Pure.
 *
 * `next` says what to do, `heard` takes in what came back. All that must outlive a killed tab
 * stands in `Sending`; repeating any command is harmless, because the server answers repeats
 * alike. Nothing here deletes anything: that waits for the compared receipt.
 */

export interface FileState {
  size: number
  /** Bytes the server holds; null when it must be asked. */
  have: number | null
  check: 'pending' | 'ok' | 'unreadable' | null
  /** Answers in a row after which the server held no more than before. */
  stuck: number
  /** How often the bytes that arrived had another hash. */
  mismatches: number
}

/** Why sending stopped and a person must act. */
export interface Stop {
  slug: string
  title: string
  trace: string | null
  errors: readonly { pointer: string; code: string; message_vi: string; message_en: string }[]
  /** The one file that it is about. */
  file?: string
}

export interface Sending {
  /**
   * `hold`: photos travel ahead while the person fills in. `share`: the whole draft is kept at the
   * office, so that another device goes on with it. `submit`: hand it in.
   */
  goal: 'none' | 'hold' | 'share' | 'submit'
  /** Digest of the manifest that the server holds. */
  manifest: string | null
  /** The server's mark of that manifest: what another device has changed since is not overwritten. */
  edition?: string | null
  /** Of a manifest that two devices may change: what this device tried to have kept last. */
  tried?: string | null
  files: { readonly [sha256: string]: FileState | undefined }
  /** Failures in a row, and until when to wait because of them. */
  failures: number
  waitUntil: number
  /** `broken`: the fault is the server's own, not that many are asking. */
  why: 'network' | 'busy' | 'broken' | null
  since: number | null
  stop: Stop | null
}

/** What is to be sent now: the digest of the manifest, and its files. */
export interface Parcel {
  digest: string
  files: readonly { sha256: string; size: number }[]
}

export type Command =
  | { do: 'put-manifest' }
  | { do: 'ask'; sha256: string }
  | { do: 'send'; sha256: string; from: number }
  | { do: 'submit' }
  | { do: 'wait'; until: number }
  | { do: 'rest' }

export type Heard =
  | { heard: 'manifest-kept'; digest: string; edition?: string | null }
  | { heard: 'manifest-lost' }
  | { heard: 'manifest-gone' }
  | { heard: 'already-submitted'; digest: string; files: readonly { sha256: string; size: number }[] }
  | { heard: 'offset'; sha256: string; size: number; offset: number }
  | { heard: 'mismatch'; sha256: string; size: number }
  | { heard: 'whole'; sha256: string; size: number; check: FileState['check'] }
  | { heard: 'files-missing'; files: readonly string[] }
  | { heard: 'received' }
  | { heard: 'network' }
  | { heard: 'busy' | 'broken'; seconds: number | null }
  | { heard: 'refused'; stop: Stop }

const FIRST_WAIT = 2000
const LONGEST_WAIT = 60_000
/** Without network nobody is crowded; what the page says of it must not be long out of date. */
const LONGEST_OFFLINE = 15_000
/** Longer we never wait, whatever the server asks; a longer wait was set by a wrong clock. */
const LONGEST_ASKED = 15 * 60_000
const STUCK_LIMIT = 3
const MISMATCH_LIMIT = 2

/** The next thing to do for this parcel. */
export function next(sending: Sending, parcel: Parcel, now: number): Command {
  if (sending.goal === 'none' || sending.stop !== null) return { do: 'rest' }
  const left = sending.waitUntil - now
  if (left > 0 && left <= LONGEST_ASKED) return { do: 'wait', until: sending.waitUntil }
  const open = parcel.files.find(({ sha256, size }) => sending.files[sha256]?.have !== size)
  const nothingToHold = sending.goal === 'hold' && open === undefined
  if (nothingToHold) return { do: 'rest' }
  if (sending.manifest !== parcel.digest) return { do: 'put-manifest' }
  if (open === undefined) return { do: sending.goal === 'submit' ? 'submit' : 'rest' }
  const have = sending.files[open.sha256]?.have ?? null
  if (have === null) return { do: 'ask', sha256: open.sha256 }
  return { do: 'send', sha256: open.sha256, from: have }
}

/** Start or raise the aim; a stop of before is forgotten, the person has acted. */
export function aim(sending: Sending, goal: Sending['goal']): Sending {
  return { ...sending, goal, stop: null, failures: 0, waitUntil: 0, why: null }
}

/** The person does not want to wait. */
export const hurry = (sending: Sending): Sending => ({ ...sending, waitUntil: 0, failures: 0 })

function withFile(sending: Sending, sha256: string, file: FileState): Sending {
  return { ...sending, files: { ...sending.files, [sha256]: file } }
}

const well = (sending: Sending): Sending => ({
  ...sending,
  failures: 0,
  waitUntil: 0,
  why: null,
  since: null,
})

/** Wait longer each time; `jitter` (0 to 1) keeps a ward full of phones from knocking together. */
function badly(
  sending: Sending,
  why: 'network' | 'busy' | 'broken',
  seconds: number | null,
  now: number,
  jitter: number,
): Sending {
  const most = why === 'network' ? LONGEST_OFFLINE : LONGEST_WAIT
  const usual = Math.min(most, FIRST_WAIT * 2 ** sending.failures)
  const asked = Math.min(LONGEST_ASKED, (seconds ?? 0) * 1000)
  const wait = Math.max(asked, usual * (0.5 + jitter / 2))
  return {
    ...sending,
    why,
    failures: sending.failures + 1,
    waitUntil: now + wait,
    since: sending.since ?? now,
  }
}

function moved(
  sending: Sending,
  { sha256, size, offset }: { sha256: string; size: number; offset: number },
  now: number,
  jitter: number,
): Sending {
  const before = sending.files[sha256] ?? unknownFile(size)
  const have = Math.min(offset, size)
  if (before.have === null || have > before.have) {
    const stuck = before.have === null ? before.stuck : 0
    return withFile(well(sending), sha256, { ...before, have, stuck })
  }
  const stuck = before.stuck + 1
  if (stuck < STUCK_LIMIT) return withFile(sending, sha256, { ...before, have, stuck })
  return withFile(badly(sending, 'busy', null, now, jitter), sha256, { ...before, have, stuck })
}

/** Bytes that arrived and are not ours: begin anew once, then ask the person for another photo. */
function mismatched(
  sending: Sending,
  { sha256, size }: { sha256: string; size: number },
  now: number,
  jitter: number,
): Sending {
  const mismatches = (sending.files[sha256]?.mismatches ?? 0) + 1
  const file = { ...unknownFile(size), have: 0, mismatches }
  if (mismatches < MISMATCH_LIMIT)
    return withFile(badly(sending, 'busy', null, now, jitter), sha256, file)
  const stop = { slug: 'photo-broken', title: '', trace: null, errors: [], file: sha256 }
  return withFile({ ...well(sending), stop, goal: 'none' }, sha256, file)
}

const unknownFile = (size: number): FileState => ({
  size,
  have: null,
  check: null,
  stuck: 0,
  mismatches: 0,
})

const wholeFile = (size: number, check: FileState['check']): FileState => ({
  ...unknownFile(size),
  have: size,
  check,
})

/** Take in what came back. */
export function heard(sending: Sending, event: Heard, now: number, jitter: number): Sending {
  switch (event.heard) {
    case 'manifest-kept':
      return { ...well(sending), manifest: event.digest, edition: event.edition ?? null }
    case 'manifest-lost':
      return badly({ ...sending, manifest: null }, 'busy', null, now, jitter)
    case 'manifest-gone':
      return badly({ ...sending, manifest: null, edition: null }, 'busy', null, now, jitter)
    case 'already-submitted': {
      const whole = event.files.map(({ sha256, size }) => [sha256, wholeFile(size, null)])
      return { ...well(sending), manifest: event.digest, files: Object.fromEntries(whole) }
    }
    case 'offset':
      return moved(sending, event, now, jitter)
    case 'whole': {
      const { sha256, size, check } = event
      return withFile(well(sending), sha256, wholeFile(size, check))
    }
    case 'mismatch':
      return mismatched(sending, event, now, jitter)
    case 'files-missing':
      return event.files.reduce(
        (state, sha256) => {
          const size = state.files[sha256]?.size ?? 0
          return withFile(state, sha256, unknownFile(size))
        },
        badly(sending, 'busy', null, now, jitter),
      )
    case 'received':
      return { ...well(sending), goal: 'none' }
    case 'network':
      return badly(sending, 'network', null, now, jitter)
    case 'busy':
    case 'broken':
      return badly(sending, event.heard, event.seconds, now, jitter)
    case 'refused':
      return { ...well(sending), stop: event.stop, goal: 'none' }
  }
}

/** How many of the parcel's parts have arrived; the form itself counts as one. */
export function arrived(sending: Sending, parcel: Parcel): { have: number; all: number } {
  const whole = parcel.files.filter(({ sha256, size }) => sending.files[sha256]?.have === size)
  const form = sending.manifest === parcel.digest ? 1 : 0
  return { have: whole.length + form, all: parcel.files.length + 1 }
}
