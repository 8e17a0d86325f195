import assert from 'node:assert/strict'
import { test } from 'node:test'

import type { ScanAsked } from '../../worker/messages.ts'
import { readerOf, type Scanner } from './asking.ts'

function aWorker() {
  const asked: ScanAsked[] = []
  const worker: Scanner = {
    onmessage: null,
    onerror: null,
    postMessage: (one: ScanAsked) => void asked.push(one),
    terminate: () => undefined,
  }
  const says = (data: object): void => worker.onmessage?.call(worker as Worker, { data } as MessageEvent)
  const dies = (): void => worker.onerror?.call(worker as Worker, {} as ErrorEvent)
  return { worker, asked, says, dies }
}

function aPicture() {
  const told = { closed: false }
  const close = (): void => {
    told.closed = true
  }
  return { told, picture: { width: 1, height: 1, close } satisfies ImageBitmap }
}

test('each picture gets its own answer, in whatever order they come', async () => {
  const { worker, asked, says } = aWorker()
  const { read } = readerOf(worker)
  const [one, two] = [read(aPicture().picture, false), read(aPicture().picture, true)]

  says({ id: asked[1]?.id, text: 'hai' })
  says({ id: asked[0]?.id, text: null })

  assert.deepEqual([await one, await two], [null, 'hai'])
})

test('a reader that died answers what waits and all that comes after', async () => {
  const { worker, asked, dies } = aWorker()
  const { read } = readerOf(worker)
  const waiting = read(aPicture().picture, false)
  const later = aPicture()

  dies()
  const after = read(later.picture, false)

  assert.equal(await waiting, null)
  assert.equal(await Promise.race([after, new Promise((tell) => setTimeout(() => tell('never'), 50))]), null)
  assert.deepEqual([asked.length, later.told.closed], [1, true])
})
