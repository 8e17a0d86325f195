import assert from 'node:assert/strict'
import { beforeEach, mock, test } from 'node:test'

import { isOlder, untilReturn } from './network.ts'

mock.timers.enable({ apis: ['setTimeout'] })

let carries = false
let asked = 0
const world = new EventTarget()
Object.assign(globalThis, {
  addEventListener: world.addEventListener.bind(world),
  removeEventListener: world.removeEventListener.bind(world),
  fetch: async () => {
    asked += 1
    if (!carries) throw new TypeError('network')
    return new Response()
  },
})

beforeEach(() => {
  carries = false
  asked = 0
})

/** Let so many milliseconds pass, with whatever is answered in between. */
async function passes(milliseconds: number): Promise<void> {
  for (let gone = 0; gone < milliseconds; gone += 1000) {
    mock.timers.tick(1000)
    await new Promise(setImmediate)
  }
}

test('network that a phone says nothing of is found by asking the ward', async () => {
  let times = 0
  const stop = untilReturn(() => (times += 1))
  await passes(60_000)
  assert.equal(times, 0)
  assert.ok(asked >= 3 && asked <= 6, `${asked} asked in a minute`)

  carries = true
  await passes(31_000)
  stop()

  assert.equal(times, 1)
})

test('what a phone says too early is tried again soon after', async () => {
  let times = 0
  const stop = untilReturn(() => (times += 1))
  await passes(60_000)
  world.dispatchEvent(new Event('online'))
  assert.equal(times, 1)

  carries = true
  await passes(3000)
  stop()

  assert.equal(times, 2)
})

test('nobody is asked after the screen is left', async () => {
  let times = 0
  carries = true
  const stop = untilReturn(() => (times += 1))
  stop()
  world.dispatchEvent(new Event('online'))
  await passes(60_000)

  assert.deepEqual([times, asked], [0, 0])
})

const page = (script: string): string => `<!doctype html><script type="module" src="/assets/${script}.js"></script>`

test('a page whose script is served no more is older than what is served', () => {
  assert.equal(isOlder(page('first-NEW'), '/assets/first-OLD.js'), true)
  assert.equal(isOlder(page('first-OLD'), '/assets/first-OLD.js'), false)
})

test('a sign-in page of a café or a fault of the server says nothing of versions', () => {
  assert.equal(isOlder('<h1>Wi-Fi miễn phí</h1>', '/assets/first-OLD.js'), false)
  assert.equal(isOlder('{"type":"broken"}', '/assets/first-OLD.js'), false)
})
