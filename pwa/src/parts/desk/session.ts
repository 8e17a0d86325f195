/** Who is signed in at a desk, and calls that notice when the session has ended. */
import { useEffect, useState } from 'preact/hooks'

import { call, type Asked, type Result } from '../../api/client.ts'
import { say } from '../../words/desk.ts'
import { forgetTyped } from './typed.ts'

export type Role = 'officer' | 'leader' | 'operator' | 'author'

export interface Me {
  name: string
  role: Role
  units: readonly string[]
  login: string
  unit_names: Readonly<Record<string, string>>
}

export type Session =
  | { is: 'asking' }
  | { is: 'in'; me: Me }
  | { is: 'out'; why: 'never' | 'ended' | 'left' }
  | { is: 'offline' }
  | { is: 'broken'; trace: string | null }

const listeners = new Set<() => void>()
let session: Session = { is: 'asking' }
let lastLogin: string | null = null

function become(next: Session): void {
  session = next
  for (const listener of listeners) listener()
}

/** Ask the server who is signed in; what is already known is not asked again. */
export async function recognise(): Promise<void> {
  if (session.is === 'in' || (session.is === 'out' && session.why !== 'never')) return
  const result = await call<Me>('/api/v1/me')
  if (result.end === 'answer') enter(result.body)
  else if (result.end === 'lost') become({ is: 'offline' })
  else if (result.status === 401) become({ is: 'out', why: 'never' })
  else become({ is: 'broken', trace: result.problem.trace_id ?? null })
}

/** Words that were typed belong to who typed them: another person starts with none. */
function enter(me: Me): void {
  if (lastLogin !== null && lastLogin !== me.login) forgetTyped()
  lastLogin = me.login
  become({ is: 'in', me })
}

/** Sign in; answers the words to show when it is refused. */
export async function signIn(login: string, password: string): Promise<string | null> {
  const json = { login, password }
  const result = await call<Me>('/api/v1/session', { method: 'POST', json })
  if (result.end === 'answer') {
    enter(result.body)
    return null
  }
  if (result.end === 'lost') return say('load.offline')
  if (result.status === 429) return say('in.many', { minutes: minutes(result.retryAfter) })
  return result.status >= 500 ? say('load.ours') : say('in.refused')
}

const minutes = (seconds: number | null): number => Math.max(1, Math.ceil((seconds ?? 60) / 60))

/** Sign out here at once; on the server as soon as it hears. */
export async function signOut(): Promise<void> {
  forgetTyped()
  lastLogin = null
  become({ is: 'out', why: 'left' })
  await call('/api/v1/session', { method: 'DELETE' })
}

/** `call` for desks: a 401 ends the session on the page, and what was typed stays. */
export async function ask<Body>(path: string, asked: Asked = {}): Promise<Result<Body>> {
  const result = await call<Body>(path, asked)
  if (result.end === 'refusal' && result.status === 401 && session.is === 'in')
    become({ is: 'out', why: 'ended' })
  return result
}

export function useSession(): Session {
  const [now, setNow] = useState(session)
  useEffect(() => {
    const listener = (): void => setNow(session)
    listeners.add(listener)
    listener()
    void recognise()
    return () => {
      listeners.delete(listener)
    }
  }, [])
  return now
}
