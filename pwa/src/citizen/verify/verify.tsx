/** `/v#TOKEN`: is this receipt or slip genuine? Asked online, checked on the phone without network. */
import { useEffect, useState } from 'preact/hooks'

import { call, read } from '../../api/client.ts'
import type { Verified } from '../../api/schema.ts'
import { Fact } from '../../parts/facts/fact.tsx'
import { Icon } from '../../parts/icon/icon.tsx'
import { Page } from '../../parts/page/page.tsx'
import { say } from '../../words/later.ts'
import * as format from '../../words/format.ts'
import type { Unit } from '../scan/other-ward.tsx'
import { Coming, Empty, Offline } from '../trouble.tsx'
import { check, isCut, maskedCode } from './token.ts'

type Verdict = { is: 'coming' | 'offline' | 'forged' | 'cut' } | { is: 'genuine'; found: Verified; offline: boolean }

async function verdictOn(token: string): Promise<Verdict> {
  if (isCut(token)) return { is: 'cut' }
  const keys = await read<{ keys: JsonWebKey[] }>('/.well-known/jwks.json')
  const units = await read<{ items: Unit[] }>('/api/v1/units')
  const result = await call<Verified>('/api/v1/verify', { method: 'POST', json: { token } })
  if (result.end === 'answer')
    return result.body.genuine ? { is: 'genuine', found: result.body, offline: false } : { is: 'forged' }
  if (result.end === 'refusal' && result.status < 500 && result.status !== 429) return { is: 'forged' }
  if (keys.end !== 'answer') return { is: 'offline' }
  const checked = await check(token, keys.body.keys)
  if (checked.is === 'unknown-key') return { is: 'offline' }
  if (checked.is === 'forged') return { is: 'forged' }
  const { kind, unit, at, code } = checked.claims
  const office = units.end === 'answer' ? units.body.items.find((one) => one.code === unit) : undefined
  const found = { genuine: true, kind, unit, unit_name: office?.name ?? null, unit_office: office?.office ?? null, at, code_masked: maskedCode(code) }
  return { is: 'genuine', offline: true, found }
}

export function Verify({ token }: { token: string }) {
  const [verdict, setVerdict] = useState<Verdict>({ is: 'coming' })
  const [round, setRound] = useState(0)
  useEffect(() => {
    setVerdict({ is: 'coming' })
    void verdictOn(token).then(setVerdict)
  }, [token, round])
  return (
    <Page title={say('verify.title')}>
      <div class="stack--wide">
        {verdict.is === 'coming' && <Coming />}
        {verdict.is === 'offline' && <Offline again={() => setRound((count) => count + 1)} />}
        {verdict.is === 'forged' && <Forged />}
        {verdict.is === 'cut' && <Empty icon="qr" title={say('verify.cut')} words={say('verify.cut.more')} />}
        {verdict.is === 'genuine' && <Genuine found={verdict.found} offline={verdict.offline} />}
      </div>
    </Page>
  )
}

function Forged() {
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <div class="note__body stack--tight">
        <h1 class="h2">{say('verify.forged')}</h1>
        <p>{say('verify.forged.more')}</p>
      </div>
    </div>
  )
}

function kindWords(kind: Verified['kind']): string {
  if (kind === 'slip') return say('verify.slip')
  if (kind === 'fee_receipt') return say('verify.fee_receipt')
  return kind === 'paid' ? say('verify.paid') : say('verify.receipt')
}

/** What the paper is worth now comes before that it was once given. */
function NoLonger({ held }: { held: boolean }) {
  return (
    <div class="note note--wrong" role="alert">
      <Icon of="alert" />
      <div class="note__body stack--tight">
        <h1 class="h2">{say(held ? 'verify.held' : 'verify.void')}</h1>
        <p>{say(held ? 'verify.held.more' : 'verify.void.more')}</p>
      </div>
    </div>
  )
}

function Genuine({ found, offline }: { found: Verified; offline: boolean }) {
  const kind = kindWords(found.kind)
  const worthless = found.standing !== undefined && found.standing !== null && found.standing !== 'issued'
  const money = found.kind === 'fee_receipt' || found.kind === 'paid'
  const Heading = worthless ? 'h2' : 'h1'
  return (
    <>
      {worthless && <NoLonger held={found.standing === 'on_hold'} />}
      <div class={worthless ? 'note' : 'note note--safe'} role="status">
        <Icon of="safe" />
        <div class="note__body stack--tight">
          <Heading class="h2">{say('verify.genuine')}</Heading>
          <p>{offline ? say('verify.offline') : say('verify.online')}</p>
        </div>
      </div>
      <dl class="facts card">
        <Fact icon="paper" name={say('verify.kind')} value={kind} />
        {found.unit_name && <Fact icon="office" name={say(money ? 'verify.office' : 'proof.office')} value={found.unit_office ?? found.unit_name} />}
        {found.at && <Fact icon="clock" name={say(money ? 'verify.at' : 'proof.at')} value={format.moment(found.at)} />}
        {found.code_masked && <Fact icon="qr" name={say('proof.code')} value={found.code_masked} />}
      </dl>
      <p class="small quiet">{say('verify.compare')}</p>
    </>
  )
}
