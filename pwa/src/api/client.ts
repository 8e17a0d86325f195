/** Calls to the server: one function, three ends (an answer, a refusal, nothing heard). */
import { hear } from './clock.ts'

/** One thing that is wrong with what was sent, at a JSON pointer. */
export interface Fault {
  pointer: string
  code: string
  message_vi: string
  message_en: string
}

/** The server's refusal (RFC 9457): `type` is stable, `title` says what to do. */
export interface Problem {
  type: string
  title: string
  status: number
  detail?: string
  trace_id?: string
  errors?: Fault[]
  current?: unknown
}

export interface Answer<Body> {
  end: 'answer'
  status: number
  headers: Headers
  body: Body
}

export interface Refusal {
  end: 'refusal'
  status: number
  headers: Headers
  problem: Problem
  /** Seconds that the server asks us to wait, when it does. */
  retryAfter: number | null
}

/** No answer came: no network, or too late. What was asked may have happened. */
export interface Lost {
  end: 'lost'
}

export type Result<Body> = Answer<Body> | Refusal | Lost

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'HEAD' | 'DELETE'
  json?: unknown
  bytes?: ArrayBuffer
  headers?: Record<string, string>
  /** The citizen's key of one dossier. */
  key?: string
  signal?: AbortSignal
  /** Milliseconds after which the answer counts as lost. */
  patience?: number
}

const PATIENCE = 20_000

/** The last word of a problem's type: `/problems/papers-missing` and `papers-missing` are one. */
export const slugOf = (problem: Problem): string => problem.type.split(/[/#:]/).at(-1) ?? ''

function request(asked: Asked): RequestInit {
  const headers = new Headers(asked.headers)
  if (asked.json !== undefined) headers.set('Content-Type', 'application/json')
  if (asked.key !== undefined) headers.set('Authorization', `Bearer ${asked.key}`)
  const late = AbortSignal.timeout(asked.patience ?? PATIENCE)
  return {
    method: asked.method ?? 'GET',
    headers,
    body: asked.json === undefined ? (asked.bytes ?? null) : JSON.stringify(asked.json),
    credentials: 'same-origin',
    signal: asked.signal === undefined ? late : AbortSignal.any([asked.signal, late]),
  }
}

function problemOf(status: number, body: unknown): Problem {
  const known = typeof body === 'object' && body !== null && 'type' in body
  return known ? (body as Problem) : { type: 'unknown', title: '', status }
}

/** Ask the server once. */
export async function call<Body>(path: string, asked: Asked = {}): Promise<Result<Body>> {
  try {
    const response = await fetch(path, request(asked))
    const text = await response.text()
    const json = /json/.test(response.headers.get('Content-Type') ?? '')
    const body: unknown = json && text !== '' ? JSON.parse(text) : null
    const { status, headers } = response
    hear(headers.get('Date'))
    if (response.ok) return { end: 'answer', status, headers, body: body as Body }
    const wait = Number(headers.get('Retry-After'))
    const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : null
    return { end: 'refusal', status, headers, problem: problemOf(status, body), retryAfter }
  } catch {
    return { end: 'lost' }
  }
}

const KEPT = 'motcua-public'
const FRESH = 30_000
const recent = new Map<string, Promise<Result<unknown>>>()

/**
 * Read something public, and keep it for the time without network.
 *
 * Only for answers that hold no personal data: procedures, posters, limits, public keys. What was
 * asked for within the last half minute is not asked again, so pages may read ahead.
 */
export function read<Body>(path: string): Promise<Result<Body>> {
  const known = recent.get(path)
  if (known !== undefined) return known as Promise<Result<Body>>
  const result = readAnew<Body>(path)
  recent.set(path, result)
  void result.then(({ end }) => setTimeout(() => recent.delete(path), end === 'answer' ? FRESH : 0))
  return result
}

async function readAnew<Body>(path: string): Promise<Result<Body>> {
  const result = await call<Body>(path, { patience: 12_000 })
  if (!('caches' in globalThis)) return result
  if (result.end === 'answer') {
    void keep(path, result.body)
    return result
  }
  if (result.end === 'refusal' && result.status < 500) return result
  const shelf = await caches.open(KEPT).catch(() => null)
  const kept = await shelf?.match(path)
  if (kept === undefined) return result
  return { end: 'answer', status: 200, headers: kept.headers, body: (await kept.json()) as Body }
}

async function keep(path: string, body: unknown): Promise<void> {
  const shelf = await caches.open(KEPT).catch(() => null)
  const copy = new Response(JSON.stringify(body), { headers: { 'Content-Type': 'application/json' } })
  await shelf?.put(path, copy).catch(() => undefined)
}
