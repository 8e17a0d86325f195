import assert from 'node:assert/strict'
import { test } from 'node:test'

import { newSending } from './new-sending.ts'
import {
  aim,
  arrived,
  heard,
  hurry,
  next,
  type Command,
  type Heard,
  type Parcel,
  type Sending,
} from './sending.ts'

const PIECE = 256
const PARCEL: Parcel = {
  digest: 'm1',
  files: [
    { sha256: 'aa', size: 700 },
    { sha256: 'bb', size: 256 },
  ],
}

/** Numbers that look random and are the same in every run. */
function dice(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    return (state >>> 0) / 2 ** 32
  }
}

/** A server that keeps what CONTRACT promises: repeats answer alike, offsets tell the truth. */
class Server {
  manifest: string | null = null
  held = new Map<string, number>()
  dossiers = 0
  receipt = false

  answer(command: Command, parcel: Parcel): Heard {
    const size = (sha: string): number => parcel.files.find((f) => f.sha256 === sha)?.size ?? 0
    switch (command.do) {
      case 'put-manifest':
        if (this.receipt) return { heard: 'already-submitted', ...parcel }
        this.manifest = parcel.digest
        return { heard: 'manifest-kept', digest: parcel.digest }
      case 'ask': {
        const { sha256 } = command
        return { heard: 'offset', sha256, size: size(sha256), offset: this.held.get(sha256) ?? 0 }
      }
      case 'send': {
        const { sha256, from } = command
        const have = this.held.get(sha256) ?? 0
        if (from === have) this.held.set(sha256, Math.min(size(sha256), have + PIECE))
        const offset = this.held.get(sha256) ?? 0
        if (offset === size(sha256))
          return { heard: 'whole', sha256, size: offset, check: 'ok' }
        return { heard: 'offset', sha256, size: size(sha256), offset }
      }
      default: {
        const missing = parcel.files.filter((f) => this.held.get(f.sha256) !== f.size)
        if (missing.length > 0)
          return { heard: 'files-missing', files: missing.map((f) => f.sha256) }
        if (!this.receipt) this.dossiers += 1
        this.receipt = true
        return { heard: 'received' }
      }
    }
  }
}

/** Run to the end; `fault` may turn each answer into another, or kill the tab before it is kept. */
function travel(server: Server, fault: (step: number) => 'lost' | 'busy' | 'killed' | null): Sending {
  let kept = aim(newSending(), 'submit')
  let now = 0
  for (let step = 0; step < 2000; step += 1) {
    const command = next(kept, PARCEL, now)
    if (command.do === 'rest') return kept
    if (command.do === 'wait') {
      now = command.until
      continue
    }
    const ill = fault(step)
    const answered = ill === 'busy' ? null : server.answer(command, PARCEL)
    if (ill === 'killed') kept = structuredClone(kept)
    else if (ill === 'lost') kept = heard(kept, { heard: 'network' }, now, 0.5)
    else if (answered === null) kept = heard(kept, { heard: 'busy', seconds: 7 }, now, 0.5)
    else kept = heard(kept, answered, now, 0.5)
  }
  throw new Error('it never ends')
}

test('a good network: manifest, each file from where the server stands, submit', () => {
  const server = new Server()

  const end = travel(server, () => null)

  assert.equal(end.goal, 'none')
  assert.equal(server.dossiers, 1)
  assert.deepEqual(Object.fromEntries(server.held), { aa: 700, bb: 256 })
})

test('a tab killed at any step leads to one dossier with all bytes', () => {
  for (let at = 0; at < 12; at += 1) {
    const server = new Server()
    travel(server, (step) => (step === at ? 'killed' : null))
    assert.equal(server.dossiers, 1, `killed at ${at}`)
    assert.equal(server.held.get('aa'), 700)
  }
})

test('an answer lost at any step leads to one dossier with all bytes', () => {
  for (let at = 0; at < 12; at += 1) {
    const server = new Server()
    travel(server, (step) => (step === at ? 'lost' : null))
    assert.equal(server.dossiers, 1, `lost at ${at}`)
    assert.equal(server.held.get('aa'), 700)
  }
})

test('a thousand bad days: lost, busy and killed in any order', () => {
  for (let seed = 1; seed <= 1000; seed += 1) {
    const roll = dice(seed)
    const server = new Server()
    const end = travel(server, () => {
      const value = roll()
      return value < 0.2 ? 'lost' : value < 0.35 ? 'busy' : value < 0.5 ? 'killed' : null
    })
    assert.equal(server.dossiers, 1, `seed ${seed}`)
    assert.equal(end.stop, null)
  }
})

test('files that the server has lost after all are sent again', () => {
  const server = new Server()
  let sending = aim(newSending(), 'submit')
  for (const { sha256, size } of PARCEL.files)
    sending = heard(sending, { heard: 'whole', sha256, size, check: 'ok' }, 0, 0)
  sending = heard(sending, server.answer({ do: 'put-manifest' }, PARCEL), 0, 0)

  sending = heard(sending, server.answer(next(sending, PARCEL, 0), PARCEL), 0, 0)

  assert.deepEqual(next(hurry(sending), PARCEL, 0), { do: 'ask', sha256: 'aa' })
})

test('a true offset is believed, also when it lies behind', () => {
  let sending = aim(newSending(), 'submit')
  sending = heard(sending, { heard: 'manifest-kept', digest: 'm1' }, 0, 0)
  sending = heard(sending, { heard: 'offset', sha256: 'aa', size: 700, offset: 512 }, 0, 0)

  sending = heard(sending, { heard: 'offset', sha256: 'aa', size: 700, offset: 256 }, 0, 0)

  assert.deepEqual(next(sending, PARCEL, 0), { do: 'send', sha256: 'aa', from: 256 })
})

test('a server that never moves on is left alone for a while, not asked for ever', () => {
  let sending = heard(aim(newSending(), 'submit'), { heard: 'manifest-kept', digest: 'm1' }, 0, 0)
  for (let time = 0; time < 5; time += 1)
    sending = heard(sending, { heard: 'offset', sha256: 'aa', size: 700, offset: 0 }, 0, 0.5)

  assert.equal(next(sending, PARCEL, 0).do, 'wait')
})

test('bytes of another hash are sent once more, then another photo is asked for', () => {
  let sending = heard(aim(newSending(), 'submit'), { heard: 'manifest-kept', digest: 'm1' }, 0, 0)
  sending = heard(sending, { heard: 'mismatch', sha256: 'aa', size: 700 }, 0, 0)
  const second = next(hurry(sending), PARCEL, 0)

  sending = heard(sending, { heard: 'mismatch', sha256: 'aa', size: 700 }, 0, 0)

  assert.deepEqual(second, { do: 'send', sha256: 'aa', from: 0 })
  assert.equal(sending.stop?.slug, 'photo-broken')
  assert.equal(sending.stop?.file, 'aa')
})

test('a refusal stops and waits for the person; acting starts afresh', () => {
  const stop = { slug: 'papers-missing', title: 'Còn thiếu giấy', trace: null, errors: [] }

  const sending = heard(aim(newSending(), 'submit'), { heard: 'refused', stop }, 0, 0)

  assert.deepEqual(next(sending, PARCEL, 0), { do: 'rest' })
  assert.equal(next(aim(sending, 'submit'), PARCEL, 0).do, 'put-manifest')
})

test('holding sends the photos ahead and hands nothing in', () => {
  const server = new Server()
  let sending = aim(newSending(), 'hold')
  for (let step = 0; step < 20; step += 1) {
    const command = next(sending, PARCEL, 0)
    if (command.do === 'rest') break
    sending = heard(sending, server.answer(command, PARCEL), 0, 0)
  }

  assert.equal(server.dossiers, 0)
  assert.deepEqual(arrived(sending, PARCEL), { have: 3, all: 3 })
})

/** How long is waited after each of these failures in a row. */
function waitsOf(event: Heard, times: number): number[] {
  let sending = aim(newSending(), 'submit')
  return Array.from({ length: times }, () => (sending = heard(sending, event, 0, 1)).waitUntil)
}

test('without network it is tried again within a quarter of a minute', () => {
  assert.deepEqual(waitsOf({ heard: 'network' }, 6), [2000, 4000, 8000, 15_000, 15_000, 15_000])
})

test('waits for a crowded server grow, stay below a minute, and obey the server', () => {
  const waits = waitsOf({ heard: 'busy', seconds: null }, 8)
  const sending = aim(newSending(), 'submit')
  const obedient = heard(sending, { heard: 'busy', seconds: 300 }, 0, 0)

  assert.deepEqual(waits, [2000, 4000, 8000, 16000, 32000, 60000, 60000, 60000])
  assert.equal(obedient.waitUntil, 300_000)
})

test('a wait that a wrong clock has set ends when the clock is put right', () => {
  const tomorrow = 86_400_000
  const cut = heard(aim(newSending(), 'submit'), { heard: 'network' }, tomorrow, 1)

  assert.equal(next(cut, PARCEL, tomorrow).do, 'wait')
  assert.equal(next(cut, PARCEL, 0).do, 'put-manifest')
})

test('a server in trouble is not said to be crowded, and is waited for as long', () => {
  const sending = aim(newSending(), 'submit')
  const broken = heard(sending, { heard: 'broken', seconds: 7 }, 0, 0)

  assert.deepEqual([broken.why, broken.waitUntil, broken.goal], ['broken', 7000, 'submit'])
  assert.deepEqual(next(broken, PARCEL, 7001), { do: 'put-manifest' })
})
